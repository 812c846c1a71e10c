using Review.Bot;
using Review.Bot.Configuration;
using Review.Bot.Scanning;
using Review.Bot.Sending;
using Review.Bot.Store;

namespace Review.BotHost;

/// <summary>
/// The bot with a reviewer that needs no kernel, for tests that kill it: <c>Review.BotHost CONFIG [--once]</c>. Everything that keeps state and sends is the real thing. It says "ready" once it works.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var config = BotConfigReader.Read(args[0]);
        using var store = BotStore.Open(Database.Of(config.State));
        using var held = store.IsShared ? null : StoreLock.Take(config.State["sqlite:".Length..]);
        if (held is null && !store.IsShared)
        {
            Console.Error.WriteLine("another process works on the state");
            return 2;
        }

        var bot = new BotRunner(new BotSurroundings
        {
            Store = store,
            Config = config,
            Open = static source => new MaildirFeed(source.Path),
            Reviewer = static () => new QuickReviewer(),
            Letters = new PlainLetters(),
            Drafts = new DraftSender(config.Drafts),
            Mail = config.Smtp is { } smtp ? new SmtpSender(smtp, config.Identity.Address.Address, config.Identity.Domain, null) : null,
            Log = Console.Error.WriteLine,
        });
        Console.Out.WriteLine("ready");
        Console.Out.Flush();
        if (args is [_, "--once"])
        {
            return bot.RunOnce(CancellationToken.None);
        }

        bot.Run(CancellationToken.None);
        return 0;
    }
}
