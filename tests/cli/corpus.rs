//! The command lines of real APIs: every operation is called with made-up values by both of its names, and what is sent is looked at.
//!
//! The documents are those in the directory that `CLIENTSMITH_CORPUS` names, or in `../shared/corpus`; without either there is
//! nothing to do.

use std::path::{Path, PathBuf};

use clientsmith::name::Pins;
use clientsmith::source::Source;
use clientsmith::{Config, Stages};

use crate::apis;
use crate::made_up::Call;
use crate::program::{Ended, ended};

/// The documents.
const APIS: [(&str, &str); 3] = [
    ("petstore", "peers/oai-learn-examples/examples/v3.0/petstore.yaml"),
    ("notion", "notion.json"),
    ("discord", "discord.json"),
];

#[tokio::test]
async fn every_operation_of_real_apis_is_called_by_both_of_its_names() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Some(corpus) = std::env::var_os("CLIENTSMITH_CORPUS")
        .map(PathBuf::from)
        .or(Some(beside).filter(|path| path.is_dir()))
    else {
        println!("skipped: there is no corpus");
        return;
    };
    let documents = APIS.map(|(name, file)| (name, corpus.join(file)));
    let programs = apis::built("cli-corpus", &documents);
    for (name, document) in &documents {
        let source = Source::read_file(document).unwrap();
        let stages =
            clientsmith::stages(&source, &Config::default(), &Pins::default(), &mut Default::default());
        let called = check(&programs.join(name), &stages.unwrap()).await;
        println!("{name}: {called} operations");
    }
}

/// Calls every operation.
async fn check(program: &Path, stages: &Stages) -> usize {
    let mut called = 0;
    for id in stages.api.operation_ids() {
        let (operation, names) = (stages.api.operation(id), stages.names.command(id));
        let group = stages.names.group_command(stages.names.operation(id).group);
        let call = Call { api: &stages.api, operation, options: &names.parameters };
        for (at, way) in [[group, &names.method], ["call", &names.operation]].into_iter().enumerate() {
            let help = run(program, [way[0], way[1], "--help"].map(str::to_owned).to_vec()).await;
            assert_eq!(help.code, 0, "{way:?}: {help:?}");
            assert!(
                names.parameters.iter().all(|option| help.out.contains(&format!("--{option}"))),
                "{help:?}"
            );
            call.check(program, way, at).await;
        }
        called += 1;
    }
    called
}

/// Runs a program.
pub(crate) async fn run(program: &Path, arguments: Vec<String>) -> Ended {
    let mut command = apis::plain(program);
    tokio::task::spawn_blocking(move || ended(&command.args(arguments).output().unwrap())).await.unwrap()
}
