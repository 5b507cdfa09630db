"""Adds up the test reports of all modules: failures and skipped tests by name, then `N passed, N failed, N skipped`.

The exit code is 1 when a test failed or none ran.
"""

import glob
import sys
import xml.etree.ElementTree as tree

passed, failed, skipped = 0, [], []
for report in sorted(glob.glob("*/target/surefire-reports*/TEST-*.xml")):
    where = "compiled " if "surefire-reports-compiled" in report else ""
    for case in tree.parse(report).getroot().iter("testcase"):
        name = f"{where}{case.get('classname', '').rsplit('.', 1)[-1]}: {case.get('name')}"
        reason = next((part for part in case if part.tag in ("failure", "error", "skipped")), None)
        if reason is None:
            passed += 1
            continue
        said = (reason.get("message") or reason.text or "no reason given").strip().splitlines()[0]
        (skipped if reason.tag == "skipped" else failed).append(f"{name}: {said}")

for title, names in (("skipped", skipped), ("FAILED", failed)):
    for name in names:
        print(f"{title} {name[:300]}")
print(f"{passed} passed, {len(failed)} failed, {len(skipped)} skipped")
sys.exit(1 if failed or not passed else 0)
