//! What is measured.

use std::env;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rekuest::Running;

use crate::process::{Process, resident};
use crate::stage::{CALLER, Stage, add, client, hold};
use crate::{Outcome, failed, say};

/// What is done before anything is measured.
const WARMING: usize = 500;

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

/// The value that so many in a hundred are not above.
pub(crate) fn percentile(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    times.get(times.len() * percent / 100).copied().map_or(f64::NAN, micros)
}

/// One call at a time: to its acceptance, and to its value.
pub(crate) async fn latency(stage: &Stage, count: usize) -> Outcome<()> {
    let client = &stage.client;
    let mut times = Vec::with_capacity(count);
    for call in 0..count + WARMING {
        let begun = Instant::now();
        add::call(client, 1, 2).await?;
        if call >= WARMING {
            times.push(begun.elapsed());
        }
    }
    say("one at a time, p50", percentile(&mut times, 50), "µs");
    say("one at a time, p99", percentile(&mut times, 99), "µs");
    times.clear();
    for _ in 0..count / 4 {
        let begun = Instant::now();
        let running = add::call(client, 1, 2).start().await?;
        times.push(begun.elapsed());
        running.result().await?;
    }
    say("  of that until the call is accepted, p50", percentile(&mut times, 50), "µs");
    Ok(())
}

/// So many calls outstanding all the time, and what each costs whom.
pub(crate) async fn throughput(stage: &Stage, outstanding: usize, count: usize) -> Outcome<()> {
    calls(stage, outstanding, outstanding * 5).await?;
    let (before, begun) = (stage.cpu()?, Instant::now());
    calls(stage, outstanding, count).await?;
    let took = begun.elapsed();
    say(&format!("{outstanding} outstanding"), count as f64 / took.as_secs_f64(), "calls/s");
    for ((who, after), (_, before)) in stage.cpu()?.into_iter().zip(before) {
        say(&format!("  CPU a call, {who}"), micros(after - before) / count as f64, "µs");
    }
    Ok(())
}

async fn calls(stage: &Stage, outstanding: usize, count: usize) -> Outcome<()> {
    let left = Arc::new(AtomicUsize::new(count));
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..outstanding {
        let (client, left) = (stage.client.clone(), Arc::clone(&left));
        callers.spawn(async move {
            while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
            {
                if add::call(&client, 1, 2).await? != 3 {
                    return Err(failed("1 and 2 are not 3"));
                }
            }
            Ok(())
        });
    }
    while let Some(ended) = callers.join_next().await {
        ended??;
    }
    Ok(())
}

/// What a call costs the client while it goes on, in a process that has done nothing else.
pub(crate) fn memory(stage: &Stage, count: usize) -> Outcome<()> {
    if !stage.is_apart() {
        return Ok(());
    }
    let (_process, each) = Process::spawn(&["holder", &stage.url, &count.to_string()])?;
    say(&format!("RSS each of {count} outstanding"), each.parse()?, "bytes");
    Ok(())
}

/// So many calls that do not end, and what each of them takes, in bytes.
pub(crate) async fn hold_many(url: &str, count: usize) -> Outcome<(Vec<Running<i64>>, f64)> {
    let client = client(url).await?;
    let mut held = Vec::with_capacity(count);
    // What every client needs is not counted.
    held.push(hold::call(&client, 1).start().await?);
    let before = resident()?;
    for _ in 1..count {
        held.push(hold::call(&client, 1).start().await?);
    }
    let each = resident()?.saturating_sub(before) as f64 / count as f64;
    Ok((held, each))
}

/// The caller of the Python client, for comparison, where there is a Python with it.
///
/// It is told nothing of a call before that is 100 ms old: it would lose it. So its latency says little, and its throughput
/// is that of so many calls begun at once.
pub(crate) async fn python(stage: &Stage, alone: usize, outstanding: usize) -> Outcome<()> {
    let Some(python) = env::var_os("REKUEST_TEST_PYTHON").filter(|_| stage.is_apart()) else {
        return Ok(());
    };
    let action = stage.client.find("bench", "add").await?;
    let caller = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/caller/python_caller.py");
    let mut command = Command::new(python);
    command.args([caller, &stage.url, CALLER, action.hash()]);
    command.args([alone, outstanding].map(|count| count.to_string()));
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = said.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let [median, rate] = numbers[..] else {
        return Err(failed(format!("the Python caller: {}", String::from_utf8_lossy(&output.stderr))));
    };
    say("Python caller: one at a time, p50", median, "µs");
    say(&format!("Python caller: {outstanding} at once"), rate, "calls/s");
    Ok(())
}
