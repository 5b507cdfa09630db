@echo off
rem Starts Windlass on Windows with the java of JAVA_HOME or of the PATH (JDK 25 or later). Untested.
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -XX:+UseSerialGC --enable-native-access=dev.windlass.runtime,dev.windlass.wasi,dev.windlass.llvm -p "%~dp0..\lib" -m dev.windlass.cli/dev.windlass.cli.Main %*
