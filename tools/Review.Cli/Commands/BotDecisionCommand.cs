using System.CommandLine;
using Review.Bot.Store;
using Review.Cli.Bot;

namespace Review.Cli.Commands;

/// <summary><c>mmreview bot adopt</c>, <c>discard</c> and <c>pardon</c>: what the operator decides.</summary>
internal sealed class BotDecisionCommand : Command
{
    private readonly Option<string> config = BotCommand.ConfigOption();
    private readonly Argument<string> subject;

    private BotDecisionCommand(string name, string description, string what, Action<BotStore, string, DateTimeOffset> decide)
        : base(name, description)
    {
        subject = new Argument<string>(what);
        Arguments.Add(subject);
        Options.Add(config);
        SetAction(parsed =>
        {
            using var store = BotProcess.OpenStore(BotProcess.Read(parsed.GetValue(config)!));
            decide(store, parsed.GetValue(subject)!.Trim('<', '>'), TimeProvider.System.GetUtcNow());
            return ExitStatus.Clean;
        });
    }

    /// <summary>The three commands.</summary>
    public static IEnumerable<Command> All() =>
    [
        new BotDecisionCommand("adopt", "Takes a draft, to be sent if the policy lets it.", "MESSAGE-ID", static (store, id, now) => Check(store.Adopt(id, now), $"no draft <{id}>")),
        new BotDecisionCommand("discard", "Decides against a message that has not left.", "MESSAGE-ID", static (store, id, now) => Check(store.Discard(id, now), $"no message <{id}> that could be discarded")),
        new BotDecisionCommand("pardon", "Lets a rule speak again that was called wrong too often.", "RULE", static (store, rule, now) =>
        {
            Check(store.Ledger().Any(known => known.Rule == rule), $"no rule '{rule}' has said anything");
            store.Transact(session => VerdictTable.Pardon(session, rule, now));
        }),
    ];

    private static void Check(bool holds, string problem)
    {
        if (!holds)
        {
            throw new UserError(problem, "'mmreview bot status' lists them");
        }
    }
}
