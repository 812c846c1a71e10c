using Review.Bot;
using Review.Bot.Configuration;
using Review.Bot.Scanning;
using Review.Bot.Sending;
using Review.Bot.Store;
using Review.Cli.Mail;
using Review.Patches.Archives;

namespace Review.Cli.Bot;

/// <summary>Puts the bot together out of its configuration.</summary>
internal static class BotProcess
{
    /// <summary>Reads a configuration.</summary>
    /// <exception cref="UserError">It cannot be used.</exception>
    public static BotConfig Read(string file)
    {
        try
        {
            return BotConfigReader.Read(file);
        }
        catch (BotConfigException trouble)
        {
            throw new UserError(trouble.Message, trouble.Cure);
        }
    }

    /// <summary>Opens the state that a configuration names.</summary>
    /// <exception cref="UserError">It cannot be opened.</exception>
    public static BotStore OpenStore(BotConfig config)
    {
        try
        {
            return BotStore.Open(Database.Of(config.State));
        }
        catch (StoreVersionException trouble)
        {
            throw new UserError(trouble.Message, "use the version of mmreview that wrote it, or begin anew with another state");
        }
        catch (Exception trouble) when (trouble is DllNotFoundException or TypeInitializationException)
        {
            throw new UserError("libsqlite3 is not installed", "run: apt-get install libsqlite3-0");
        }
        catch (Exception trouble) when (trouble is System.Data.Common.DbException or ArgumentException)
        {
            throw new UserError($"{config.File}: state: the database cannot be opened: {trouble.Message.TrimEnd('.')}", config.State.StartsWith("sqlite:", StringComparison.Ordinal) ? "name a file in a folder that may be written" : "check the connection string, and that the server runs");
        }
    }

    /// <summary>Runs the bot.</summary>
    /// <param name="config">What it is told.</param>
    /// <param name="once">True to do what is there to do, and return.</param>
    /// <param name="sends">True if it may send what the policy allows.</param>
    /// <param name="log">Takes its log.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="narrow">Leaves out mails of a source; null to read all.</param>
    public static int Run(BotConfig config, bool once, bool sends, Action<string> log, CancellationToken cancellation, Func<IMailFeed, IMailFeed>? narrow = null)
    {
        using var store = OpenStore(config);
        using var held = store.IsShared ? null : StoreLock.Take(config.State["sqlite:".Length..]) ?? throw new UserError($"another process works on {config.State}", "stop it first");
        using var checks = sends && config is { Patchwork: { } patchwork, Policy.Checks: true } ? new PatchworkSender(patchwork, Secret(patchwork.Token, config, "patchwork.token")) : null;
        var bot = new BotRunner(new BotSurroundings
        {
            Store = store,
            Config = config,
            Open = source => narrow is null ? Open(source) : narrow(Open(source)),
            Reviewer = () => new EngineReviewer(config),
            Letters = new RuleLetters(),
            Drafts = new DraftSender(config.Drafts),
            Mail = sends ? MailSender(config) : null,
            Checks = checks,
            Log = log,
        });
        if (!once)
        {
            bot.Run(cancellation);
            return ExitStatus.Clean;
        }

        return bot.RunOnce(cancellation) == 0 ? ExitStatus.Clean : throw new UserError("not every source could be read", "see the lines above, and 'mmreview bot status'");
    }

    private static IMailFeed Open(SourceConfig source) => source.Kind switch
    {
        SourceKind.PublicInbox => PublicInbox.Open(source.Path) ?? throw new UserError($"{source.Path} is no public-inbox archive", "name a folder with git/0.git, or a bare repository of version 1"),
        SourceKind.Maildir => new MaildirFeed(source.Path),
        _ => new MboxFeed(source.Path, TimeProvider.System),
    };

    /// <summary>What sends mail, if anything is configured that does.</summary>
    private static IMailSender? MailSender(BotConfig config)
    {
        var address = config.Identity.Address.Address;
        return config.Smtp is { } smtp ? new SmtpSender(smtp, address, config.Identity.Domain, smtp.Password is { } password ? Secret(password, config, "smtp.password") : null)
            : config.Sendmail is { } program ? new SendmailSender(program, address)
            : null;
    }

    private static string Secret(SecretConfig secret, BotConfig config, string key)
    {
        try
        {
            return SecretReader.Read(secret, config.File, key);
        }
        catch (BotConfigException trouble)
        {
            throw new UserError(trouble.Message, trouble.Cure);
        }
    }
}
