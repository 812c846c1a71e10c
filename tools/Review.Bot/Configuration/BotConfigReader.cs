using System.Collections.Immutable;
using Review.Patches.Mail;
using Review.Patches.Series;

namespace Review.Bot.Configuration;

/// <summary>Reads the bot's configuration; README.md beside this folder is the reference.</summary>
public static class BotConfigReader
{
    private const string Home = "/";

    /// <summary>Reads a file and the policy that it names.</summary>
    /// <exception cref="BotConfigException">Something in one of them cannot be used.</exception>
    public static BotConfig Read(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var root = ConfigFile.Read(file, "", "name a file with --config");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? Home;
        var policy = Path.Combine(folder, root.Needed("policy", "name a policy file: nothing is sent without one"));
        var most = root.Number("max_age_days", 14, 0, 36_500);
        var keep = root.Number("keep_days", 365, 0, 36_500);
        var resend = root.Has("resend_after_minutes") ? TimeSpan.FromMinutes(root.Number("resend_after_minutes", 0, 0, 100_000)) : (TimeSpan?)null;
        var poll = TimeSpan.FromSeconds(root.Number("poll_seconds", 60, 0.05, 86_400));
        var config = new BotConfig
        {
            File = file,
            State = State(root, folder),
            Identity = Identity(root),
            Sources = Sources(root, folder),
            Kernels = Kernels(root, folder),
            Policy = MailPolicyReader.Read(ConfigFile.Read(policy, "policy", "write one, see tools/Review.Bot/README.md")),
            Drafts = Drafts(root, folder),
            Smtp = root.Section("smtp") is { } smtp ? Smtp(smtp, folder) : null,
            Sendmail = root.Text("sendmail"),
            Patchwork = root.Section("patchwork") is { } patchwork ? Patchwork(patchwork, folder) : null,
            Commands = Commands(root.Section("commands")),
            Review = Review(root.Section("review")),
            Scope = root.Texts("paths") is { IsEmpty: false } paths ? ReviewScope.Parse(string.Join(',', paths)) : ReviewScope.Parse("mm/"),
            Workers = (int)root.Number("workers", 1, 1, 64),
            Poll = poll,
            PollMost = TimeSpan.FromSeconds(root.Number("poll_most_seconds", 1800, poll.TotalSeconds, 86_400)),
            MaximumAge = most == 0 ? null : TimeSpan.FromDays(most),
            Keep = keep == 0 ? null : TimeSpan.FromDays(keep),
            Patience = TimeSpan.FromMinutes(root.Number("patience_minutes", 60, 0, 100_000)),
            Lease = TimeSpan.FromSeconds(root.Number("lease_seconds", 300, 0.1, 86_400)),
            ResendAfter = resend,
        };
        if (config is { Smtp: not null, Sendmail: not null })
        {
            throw root.Error("sendmail", "there is smtp as well", "leave one of them out");
        }

        if (config is { Keep: { } kept, MaximumAge: var age } && kept < (age ?? TimeSpan.Zero))
        {
            throw root.Error("keep_days", "is less than max_age_days", "write more: what is forgotten must be too old to be reviewed again");
        }

        root.Finish();
        return config;
    }

    internal static Mailbox Address(ConfigSection section, string key, string cure)
    {
        var text = section.Needed(key, cure);
        return MailboxReader.Read(text) ?? throw section.Error(key, $"'{text}' is not a mail address", "write name@host, or Name <name@host>");
    }

    private static string State(ConfigSection root, string folder)
    {
        var state = root.Needed("state", "write sqlite:FILE, or postgres: and a connection string");
        return state.StartsWith("sqlite:", StringComparison.Ordinal) ? "sqlite:" + Path.Combine(folder, state["sqlite:".Length..])
            : state.StartsWith("postgres:", StringComparison.Ordinal) ? state
            : throw root.Error("state", $"'{state}' names no database", "write sqlite:FILE, or postgres: and a connection string");
    }

    private static IdentityConfig Identity(ConfigSection root)
    {
        var section = root.Section("identity") ?? throw root.Missing("identity", "say in it who the bot is: address, domain");
        var address = Address(section, "address", "write the bot's own address");
        var identity = new IdentityConfig(
            address,
            section.Has("reply_to") ? Address(section, "reply_to", "") : null,
            section.Text("domain") ?? address.Address.Split('@')[^1]);
        if (identity.Domain.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-')))
        {
            throw section.Error("domain", $"'{identity.Domain}' is not a domain", "write letters, digits, dots and hyphens");
        }

        section.Finish();
        return identity;
    }

    private static ImmutableArray<SourceConfig> Sources(ConfigSection root, string folder)
    {
        var sources = ImmutableArray.CreateBuilder<SourceConfig>();
        foreach (var section in root.Sections("sources"))
        {
            var list = Address(section, "list", "write the address of the list").Address.ToLowerInvariant();
            var kinds = ((string Key, SourceKind Kind)[])[("public_inbox", SourceKind.PublicInbox), ("maildir", SourceKind.Maildir), ("mbox", SourceKind.Mbox)];
            var named = kinds.Where(kind => section.Has(kind.Key)).ToList();
            if (named.Count != 1)
            {
                throw section.Error("", $"names {(named.Count == 0 ? "no place" : "several places")} that mails come from", "write one of public_inbox, maildir, mbox with a path");
            }

            sources.Add(new SourceConfig(section.Text("name") ?? list, named[0].Kind, Path.Combine(folder, section.Needed(named[0].Key, "write a path")), list));
            section.Finish();
        }

        return sources.Count == 0 ? throw root.Missing("sources", "name at least one place that mails come from")
            : sources.GroupBy(static source => source.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice ? throw root.Error("sources", $"two are called '{twice.Key}'", "give each a name of its own")
            : sources.ToImmutable();
    }

    private static ImmutableArray<KernelConfig> Kernels(ConfigSection root, string folder)
    {
        var kernels = ImmutableArray.CreateBuilder<KernelConfig>();
        foreach (var section in root.Sections("kernels"))
        {
            var path = Path.Combine(folder, section.Needed("path", "write the path of a kernel repository"));
            kernels.Add(Directory.Exists(path) ? new KernelConfig(path, section.Flag("fetch", otherwise: false)) : throw section.Error("path", $"there is no folder {path}", "clone a kernel there, or name another one"));
            section.Finish();
        }

        return kernels.Count == 0 ? throw root.Missing("kernels", "name at least one kernel repository") : kernels.ToImmutable();
    }

    private static DraftConfig Drafts(ConfigSection root, string folder)
    {
        var section = root.Section("drafts") ?? throw root.Missing("drafts", "say in it where drafts go: 'folder: drafts', or 'maildir: Maildir'");
        var drafts = (section.Text("folder"), section.Text("maildir")) switch
        {
            ({ } path, null) => new DraftConfig(Path.Combine(folder, path), IsMaildir: false),
            (null, { } path) => new DraftConfig(Path.Combine(folder, path), IsMaildir: true),
            _ => throw section.Error("", "has to name one place", "write folder or maildir with a path"),
        };
        section.Finish();
        return drafts;
    }

    private static SmtpConfig Smtp(ConfigSection section, string folder)
    {
        var smtp = new SmtpConfig
        {
            Host = section.Needed("host", "write the name of the mail server"),
            Security = section.Word("security", SmtpSecurity.StartTls, ("starttls", SmtpSecurity.StartTls), ("tls", SmtpSecurity.Tls), ("none", SmtpSecurity.None)),
            Port = (int)section.Number("port", section.Text("security") == "tls" ? 465 : 587, 1, 65_535),
            User = section.Text("user"),
            Password = Secret(section, "password", folder),
            Authority = section.Text("authority") is { } authority ? Path.Combine(folder, authority) : null,
        };
        if (smtp.User is not null && smtp.Password is null)
        {
            throw section.Missing("password_file", "name a file that only its owner may read, or a variable with password_env");
        }

        if (smtp is { Security: SmtpSecurity.None, User: not null })
        {
            throw section.Error("security", "a password never goes over an open line", "write starttls or tls");
        }

        section.Finish();
        return smtp;
    }

    private static SecretConfig? Secret(ConfigSection section, string name, string folder) => (section.Text(name + "_env"), section.Text(name + "_file")) switch
    {
        (null, null) => section.Has(name) ? throw section.Error(name, "secrets are not written into the configuration", $"write {name}_file or {name}_env") : null,
        ({ } variable, null) => new SecretConfig(variable, null),
        (null, { } file) => new SecretConfig(null, Path.Combine(folder, file)),
        _ => throw section.Error(name + "_env", "there is a file as well", "leave one of them out"),
    };

    private static PatchworkConfig Patchwork(ConfigSection section, string folder)
    {
        var text = section.Needed("url", "write where the API begins, e.g. https://patchwork.example.org/api/1.3/");
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback))
        {
            throw section.Error("url", $"'{text}' is not an address that begins with https:", "a token never goes over an open line");
        }

        var context = section.Text("context") ?? "mmreview";
        if (context.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
        {
            throw section.Error("context", $"'{context}' is no name for a check", "write letters, digits, - and _");
        }

        var patchwork = new PatchworkConfig(
            url, section.Needed("project", "write the project as in its addresses"), context, Secret(section, "token", folder) ?? throw section.Missing("token_file", "name a file that only its owner may read, or a variable with token_env"));
        section.Finish();
        return patchwork;
    }

    private static CommandConfig Commands(ConfigSection? section)
    {
        if (section is null)
        {
            return new CommandConfig(null, [], 3);
        }

        var commands = new CommandConfig(section.Text("authserv_id"), [.. section.Texts("reviewers").Select(static address => address.ToLowerInvariant())], (int)section.Number("wrong_limit", 3, 1, 1_000));
        section.Finish();
        return commands;
    }

    private static ReviewConfig Review(ConfigSection? section)
    {
        if (section is null)
        {
            return new ReviewConfig();
        }

        var review = new ReviewConfig
        {
            Timeout = TimeSpan.FromSeconds(section.Number("timeout_seconds", 300, 1, 86_400)),
            Architectures = section.Text("arch") ?? "x86_64",
            Configuration = section.Text("config") ?? "default",
            Rules = section.Texts("rules") is { IsEmpty: false } rules ? string.Join(',', rules) : null,
            Attempts = (int)section.Number("attempts", 3, 1, 100),
        };
        section.Finish();
        return review;
    }
}
