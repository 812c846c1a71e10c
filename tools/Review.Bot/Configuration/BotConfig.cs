using System.Collections.Immutable;
using Review.Bot.Policies;
using Review.Patches.Mail;
using Review.Patches.Series;

namespace Review.Bot.Configuration;

/// <summary>What kind of place mails come from.</summary>
public enum SourceKind
{
    PublicInbox,
    Maildir,
    Mbox,
}

/// <summary>A place that mails come from.</summary>
/// <param name="Name">What it is called in the state and in messages.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Where it is.</param>
/// <param name="List">The list whose mails they are, in lower case.</param>
public sealed record SourceConfig(string Name, SourceKind Kind, string Path, string List);

/// <summary>A repository in which bases are looked for.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Fetch">True if the system's git may fetch into it before a base is looked for.</param>
public sealed record KernelConfig(string Path, bool Fetch);

/// <summary>How a series is reviewed.</summary>
public sealed record ReviewConfig
{
    /// <summary>How long it may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The architectures, joined by commas.</summary>
    public string Architectures { get; init; } = "x86_64";

    /// <summary>The configuration of the kernel.</summary>
    public string Configuration { get; init; } = "default";

    /// <summary>The rules that run, as for <c>--rules</c>; null for all.</summary>
    public string? Rules { get; init; }

    /// <summary>How often it is tried before it counts as failed.</summary>
    public int Attempts { get; init; } = 3;
}

/// <summary>Who the bot is.</summary>
/// <param name="Address">Its name and address.</param>
/// <param name="ReplyTo">Where answers are asked for; null for its own address.</param>
/// <param name="Domain">What stands behind the @ of its message ids.</param>
public sealed record IdentityConfig(Mailbox Address, Mailbox? ReplyTo, string Domain);

/// <summary>Where drafts are put: a folder of .eml files, or a Maildir.</summary>
public sealed record DraftConfig(string Path, bool IsMaildir);

/// <summary>How a connection to a mail server is kept private.</summary>
public enum SmtpSecurity
{
    /// <summary>TLS after STARTTLS, or no mail at all.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>None: for a server on the same machine, and never with a password.</summary>
    None,
}

/// <summary>A password or token that is in no configuration: in a variable, or in a file that only its owner may read.</summary>
/// <param name="Variable">The variable; null if it is in a file.</param>
/// <param name="File">The file; null if it is in a variable.</param>
public sealed record SecretConfig(string? Variable, string? File);

/// <summary>A mail server.</summary>
public sealed record SmtpConfig
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>Who signs in; null for nobody.</summary>
    public string? User { get; init; }

    public SecretConfig? Password { get; init; }

    /// <summary>A file of certificates (PEM) to trust instead of those of the system; null for those.</summary>
    public string? Authority { get; init; }
}

/// <summary>A patchwork.</summary>
/// <param name="Url">Where its API begins, with a slash at the end.</param>
/// <param name="Project">The project's name in addresses.</param>
/// <param name="Context">The name under which checks are posted.</param>
/// <param name="Token">Its token.</param>
public sealed record PatchworkConfig(Uri Url, string Project, string Context, SecretConfig Token);

/// <summary>Who may answer with commands.</summary>
/// <param name="AuthservId">The host whose Authentication-Results count; null if no command counts.</param>
/// <param name="Reviewers">Addresses, in lower case, that may command besides a patch's author.</param>
/// <param name="WrongLimit">How many findings of a rule may be called wrong before it stops.</param>
public sealed record CommandConfig(string? AuthservId, ImmutableArray<string> Reviewers, int WrongLimit);

/// <summary>What the bot is told to do.</summary>
public sealed record BotConfig
{
    /// <summary>The file that it was read from; relative paths begin at its folder.</summary>
    public required string File { get; init; }

    /// <summary>The database: <c>sqlite:FILE</c> or <c>postgres:...</c>.</summary>
    public required string State { get; init; }

    public required IdentityConfig Identity { get; init; }

    public required ImmutableArray<SourceConfig> Sources { get; init; }

    public required ImmutableArray<KernelConfig> Kernels { get; init; }

    public required MailPolicy Policy { get; init; }

    public required DraftConfig Drafts { get; init; }

    public SmtpConfig? Smtp { get; init; }

    /// <summary>The program <c>sendmail</c>; null if it is not used.</summary>
    public string? Sendmail { get; init; }

    public PatchworkConfig? Patchwork { get; init; }

    public required CommandConfig Commands { get; init; }

    public ReviewConfig Review { get; init; } = new();

    /// <summary>Where somebody wants to look.</summary>
    public ReviewScope Scope { get; init; } = ReviewScope.Parse("mm/");

    /// <summary>How many series are reviewed at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>How long the bot rests between looking for mail; longer and longer while a source fails, up to <see cref="PollMost"/>.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan PollMost { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How old a series may be to be worth a word; null for any age.</summary>
    public TimeSpan? MaximumAge { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long what is done is remembered; null for ever.</summary>
    public TimeSpan? Keep { get; init; } = TimeSpan.FromDays(365);

    /// <summary>How long the missing patches of a series are waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a claim on a message lasts.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a message that may have been lost is looked for in the archives before it goes out again; null to leave it to a person.</summary>
    public TimeSpan? ResendAfter { get; init; }
}
