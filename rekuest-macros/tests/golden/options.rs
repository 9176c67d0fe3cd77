/// Not used
#[register(
    interface = "measure",
    name = "Measure",
    description = "Measures",
    collections = ["lab", "stage"],
    stateful,
    concurrency = 3,
    group = "lab",
    is_test_for = [stage::home, park],
    logo = "https://example.org/logo.png"
)]
pub(crate) fn r#measure_it(
    #[port(default = "x", label = "Axis", description = "which axis")] r#type: String,
    #[port(default = 2)] mut times: Option<u8>,
) -> Measurement {
    times.take();
    Measurement::of(r#type)
}
