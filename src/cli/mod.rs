//! The command line that every app has.

mod call;
mod inspect;
mod list;
mod output;
mod print;
mod provide;
mod resolve;
mod run;
#[cfg(feature = "server")]
mod server;
mod show;
mod shown;
mod subscribe;
mod values;
mod watch;

use std::io::IsTerminal as _;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use rekuest_client::{Client, DeviceCode};
use rekuest_core::{CallError, Token};
use tracing::level_filters::LevelFilter;

use crate::{App, Exit};

/// Gives the program its command line, and does what that says.
///
/// - `run`, also without any command: provides all functions with [`#[register]`](crate::register) that are linked,
///   until SIGINT, SIGTERM or Ctrl-C;
/// - `inspect`: prints their definitions as JSON, with `--json-schema` the schemas of their arguments and returns;
/// - `call ACTION key=value…`: calls a function, of this app in another process or of any other, with a progress bar and logs
///   as they come; Ctrl-C cancels it, and a second one does not wait for its end;
/// - `actions [PATTERN]`, `agents`, `show ACTION`: what there is on the server, with ports and docs;
/// - `watch APP/STATE`, `watch ID`, `cancel ID`: follows a state or a call, asks for the end of a call;
/// - `server`: runs the embedded server in this process;
/// - `completions SHELL`: prints what a shell completes this command line with.
///
/// `--output json` prints for scripts.
///
/// The server is the one that `--url` and `--token` name, else `REKUEST_URL` and `REKUEST_TOKEN`, else the endpoints
/// in `REKUEST_HTTP`, `REKUEST_GQL_WS` and `REKUEST_WS`, else that of the Arkitekt deployment in `FAKTS_URL`, else the local
/// server of this user: one that runs already is used, else one is started inside of this process, and ends with it. Several
/// apps for long are better served by `rekuest-server` in a process of its own.
///
/// The app logs in to a deployment with the claim token in `FAKTS_TOKEN`, or with the one in `FAKTS_REDEEM_TOKEN`, which is
/// used up by that. Without either, it tells its user at a terminal which url to open to let it in. What it is given then is
/// kept for the next time, in `~/.local/state/rekuest/claims`.
///
/// The app's identifier is the name of the program, or `--name`. It installs a `tracing` subscriber if the program
/// has none: what `RUST_LOG` says, else `info`, on standard error, and [`tracing_layer`](crate::tracing_layer), with the
/// level of `--log-to-callers` or `REKUEST_LOG_TO_CALLERS`.
///
/// `run` takes what [`App`] can be told too: `--concurrency N`, `--leave-out-refused`, `--max-message-mib N`,
/// `--events-per-second N`, `--drain SECONDS`, and `--ready-file PATH` (or `REKUEST_READY_FILE`).
///
/// [`Exit`] says what the exit codes mean.
pub async fn run() -> Exit {
    let name = std::env::var("REKUEST_NAME").ok().filter(|name| !name.is_empty());
    run_app(App::new(name.unwrap_or_else(program)).linked()).await
}

/// The name of the program, without folder and extension.
fn program() -> String {
    let path = std::env::current_exe().ok().or_else(|| std::env::args_os().next().map(Into::into));
    let name =
        path.as_deref().and_then(std::path::Path::file_stem).map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "app".to_owned())
}

/// What [`Exit`] documents, for `--help`.
const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  the called function failed, or the app stopped with an error
  2  the command line, or the arguments of a call, are wrong
  3  there is no server, or it cannot be reached
  4  the server refused, or there is no such function, state or call
  5  the call was cancelled
  6  the call did not end in time";

#[derive(Debug, Parser)]
#[command(
    version = None::<&str>,
    about = "Provides the functions of this app on a rekuest server, or calls them",
    after_help = EXIT_CODES
)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    server: ServerArgs,
    /// The level up to which functions' own `tracing` events are sent to their callers: off, error, warn, info, debug or
    /// trace; else REKUEST_LOG_TO_CALLERS, else info
    #[arg(long, global = true, value_name = "LEVEL", value_parser = subscribe::level)]
    log_to_callers: Option<LevelFilter>,
    /// How results are printed
    #[arg(long, global = true, value_enum, default_value_t)]
    output: output::Output,
    #[command(flatten, next_help_heading = "Options of `run`")]
    run: run::RunArgs,
}

#[derive(Debug, Args)]
struct ServerArgs {
    /// The base url of the server, else REKUEST_URL; without it that of the deployment in FAKTS_URL, else the local server
    /// of this user
    #[arg(long, global = true)]
    url: Option<String>,
    /// The token for that server, else REKUEST_TOKEN
    #[arg(long, global = true, value_parser = token)]
    token: Option<Token>,
    /// The instance of this app, else REKUEST_INSTANCE; two processes of one app need two
    #[arg(long, global = true)]
    instance_id: Option<String>,
    /// The identifier of this app, else REKUEST_NAME; the program's name unless given
    #[arg(long, global = true)]
    name: Option<String>,
}

/// Wrapped at once, so that it is in no message.
fn token(text: &str) -> Result<Token, std::convert::Infallible> {
    Ok(Token::new(text))
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Provide the functions of this app (the default)
    Run(run::RunArgs),
    /// Print the definitions of the functions as JSON
    Inspect(inspect::InspectArgs),
    /// Call a function, of this app or of another one
    Call(call::CallArgs),
    /// List what can be called
    Actions(list::ActionsArgs),
    /// List the apps that have registered
    Agents(list::AgentsArgs),
    /// Show what an action takes and returns, and its docs
    Show(show::ShowArgs),
    /// Follow a state, or a call
    Watch(watch::WatchArgs),
    /// Ask for the cancellation of a call
    Cancel(watch::CancelArgs),
    /// Run the embedded server
    #[cfg(feature = "server")]
    Server(server::ServerArgs),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Does for `app` what the command line says.
pub(crate) async fn run_app(app: App) -> Exit {
    let line = match CommandLine::command().bin_name(app.identifier()).try_get_matches() {
        Ok(matches) => CommandLine::from_arg_matches(&matches),
        Err(error) => Err(error),
    };
    let line = match line {
        Ok(line) => line,
        Err(error) => {
            // Also what `--help` says comes as an error, with the exit code 0; when printing fails nobody reads.
            let _ = error.print();
            return Exit::silent(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let to_callers = match subscribe::to_callers(line.log_to_callers) {
        Ok(level) => level,
        Err(error) => return Exit::usage(error),
    };
    let command = match line.command.unwrap_or_else(|| Command::Run(run::RunArgs::default())) {
        Command::Run(args) => Command::Run(args.or(line.run)),
        _ if !line.run.is_empty() => {
            return Exit::usage("the options of `run` say nothing to other commands");
        }
        other => other,
    };
    let repeated = repeated(&line.server);
    let app = with_flags(app, line.server);
    match command {
        Command::Run(args) => {
            subscribe::subscribe("info", to_callers);
            provide::provide(args.apply(app), &repeated).await
        }
        Command::Inspect(args) => inspect::inspect(&app, &args),
        #[cfg(feature = "server")]
        Command::Server(args) => {
            subscribe::subscribe("info", to_callers);
            server::serve(args).await
        }
        Command::Completions { shell } => {
            let name = app.identifier().to_owned();
            // Written at once, by what takes it that whoever reads goes away.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut CommandLine::command(), name, &mut script);
            print::result(String::from_utf8_lossy(&script));
            Exit::SUCCESS
        }
        asked => {
            subscribe::subscribe("warn", to_callers);
            let client = match app.client().await {
                Ok(client) => client,
                Err(error) => return error.into(),
            };
            ask(&client, &app, asked, line.output).await.unwrap_or_else(Exit::from)
        }
    }
}

/// Does what asks a server.
async fn ask(
    client: &Client,
    app: &App,
    command: Command,
    output: output::Output,
) -> Result<Exit, CallError> {
    match command {
        Command::Call(args) => call::call(client, app, args, output).await,
        Command::Actions(args) => list::actions(client, args, output).await,
        Command::Agents(args) => list::agents(client, &args, output).await,
        Command::Show(args) => show::show(client, app, args, output).await,
        Command::Watch(args) => watch::watch(client, args, output).await,
        Command::Cancel(args) => watch::cancel(client, &args, output).await,
        // The others ask nobody.
        _ => Ok(Exit::SUCCESS),
    }
}

fn with_flags(mut app: App, flags: ServerArgs) -> App {
    if let Some(name) = flags.name {
        app = app.renamed(name);
    }
    if let Some(url) = flags.url {
        app = app.url(url);
    }
    if let Some(instance_id) = flags.instance_id {
        app = app.instance_id(instance_id);
    }
    if std::io::stderr().is_terminal() {
        app = app.on_device_code(ask_user);
    }
    match flags.token {
        Some(token) => app.token(token),
        None => app,
    }
}

/// Tells whoever sits at the terminal how to let the app in to a deployment.
fn ask_user(code: &DeviceCode) {
    let minutes = code.expires_in.as_secs().div_ceil(60);
    print::progress(format_args!("open {} within {minutes} minutes to let this app in", code.url));
}

/// The flags that another command needs too to reach the same app; the token is not repeated.
fn repeated(flags: &ServerArgs) -> String {
    let flag = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("--{name} {value} "));
    [flag("name", &flags.name), flag("url", &flags.url)].into_iter().flatten().collect()
}
