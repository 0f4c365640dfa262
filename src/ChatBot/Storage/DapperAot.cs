using Dapper;

[module: DapperAot]
[module: CommandFactory<ChatBot.Storage.KeptCommandFactory<object>>]
