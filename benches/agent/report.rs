//! What was measured: said as it comes, as a table, against what is aimed at, and as one line of JSON.

use serde::Serialize;

/// Which of two numbers is the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Better {
    Less,
    More,
}

/// One thing that was measured of one agent, several times.
#[derive(Debug, Serialize)]
struct Row {
    measure: String,
    agent: String,
    unit: &'static str,
    better: Better,
    values: Vec<f64>,
}

impl Row {
    fn best(&self) -> f64 {
        self.sorted().first().copied().unwrap_or(f64::NAN)
    }

    fn worst(&self) -> f64 {
        self.sorted().last().copied().unwrap_or(f64::NAN)
    }

    fn median(&self) -> f64 {
        let sorted = self.sorted();
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// The best first.
    fn sorted(&self) -> Vec<f64> {
        let mut values = self.values.clone();
        values.sort_by(|one, other| match self.better {
            Better::Less => one.total_cmp(other),
            Better::More => other.total_cmp(one),
        });
        values
    }
}

/// What is aimed at: one number, or one beside another.
struct Aim {
    says: &'static str,
    measure: &'static str,
    agent: &'static str,
    beside: Option<&'static str>,
    at_most: bool,
    bound: f64,
}

const AIMS: &[Aim] = &[
    Aim {
        says: "throughput, of the bare peer's",
        measure: "throughput",
        agent: "rekuest aadd",
        beside: Some("bare"),
        at_most: false,
        bound: 0.7,
    },
    Aim {
        says: "latency p50, of the bare peer's",
        measure: "latency p50",
        agent: "rekuest aadd",
        beside: Some("bare"),
        at_most: true,
        bound: 1.3,
    },
    Aim {
        says: "throughput, of Python's async function",
        measure: "throughput",
        agent: "rekuest aadd",
        beside: Some("python aadd"),
        at_most: false,
        bound: 100.0,
    },
    Aim {
        says: "throughput blocking, of Python's function",
        measure: "throughput",
        agent: "rekuest add",
        beside: Some("python add"),
        at_most: false,
        bound: 100.0,
    },
    Aim {
        says: "start to REGISTER, ms",
        measure: "start to REGISTER",
        agent: "rekuest",
        beside: None,
        at_most: true,
        bound: 30.0,
    },
    Aim {
        says: "bytes for each in flight",
        measure: "RSS each in flight",
        agent: "rekuest",
        beside: None,
        at_most: true,
        bound: 4096.0,
    },
];

/// Collects what is measured.
#[derive(Debug, Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// One more value, said at once.
    pub(crate) fn add(&mut self, measure: &str, agent: &str, unit: &'static str, better: Better, value: f64) {
        println!("  {measure:28} {agent:13} {:>12} {unit}", number(value));
        // More digits say nothing.
        let value = (value * 100.0).round() / 100.0;
        match self.rows.iter_mut().find(|row| row.measure == measure && row.agent == agent) {
            Some(row) => row.values.push(value),
            None => self.rows.push(Row {
                measure: measure.to_owned(),
                agent: agent.to_owned(),
                unit,
                better,
                values: vec![value],
            }),
        }
    }

    /// The table, the aims, the JSON.
    pub(crate) fn print(&mut self) {
        self.rows.sort_by(|one, other| one.measure.cmp(&other.measure));
        println!("\n{:28} {:13} {:>12} {:>12} {:>12}", "", "", "best", "median", "worst");
        for row in &self.rows {
            let Row { measure, agent, unit, values, .. } = row;
            println!(
                "{measure:28} {agent:13} {:>12} {:>12} {:>12} {unit} ({})",
                number(row.best()),
                number(row.median()),
                number(row.worst()),
                values.len()
            );
        }
        println!("\n{:42} {:>10} {:>10}   aim", "", "of best", "of median");
        for aim in AIMS {
            self.print_aim(aim);
        }
        println!();
        match serde_json::to_string(&self.rows) {
            Ok(json) => println!("{json}"),
            Err(error) => println!("the numbers cannot be written as JSON: {error}"),
        }
    }

    fn print_aim(&self, aim: &Aim) {
        let Some(row) = self.row(aim.measure, aim.agent) else { return };
        let (best, median) = match aim.beside.map(|beside| self.row(aim.measure, beside)) {
            None => (row.best(), row.median()),
            Some(Some(beside)) => (row.best() / beside.best(), row.median() / beside.median()),
            Some(None) => return,
        };
        let bound = if aim.at_most { "at most" } else { "at least" };
        println!("{:42} {:>10} {:>10}   {bound} {}", aim.says, number(best), number(median), aim.bound);
    }

    fn row(&self, measure: &str, agent: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.measure == measure && row.agent == agent)
    }
}

/// As many digits as say something.
fn number(value: f64) -> String {
    match value.abs() {
        1000.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}
