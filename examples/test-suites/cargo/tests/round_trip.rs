#[test]
fn every_number_comes_back() {
    for number in 1..4000 {
        assert_eq!(roman::read(&roman::write(number).unwrap()), Some(number));
    }
}

#[test]
fn the_environment_and_the_clock_are_there() {
    assert!(std::time::SystemTime::now() > std::time::UNIX_EPOCH);
    assert!(std::env::args().next().is_some());
}
