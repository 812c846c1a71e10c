using System.Collections.Immutable;
using Review.Bot.Policies;

namespace Review.Bot.Configuration;

/// <summary>Reads a policy file; README.md beside this folder is the reference.</summary>
public static class MailPolicyReader
{
    /// <summary>Reads a policy out of the text of a file, in the language that the file's name tells.</summary>
    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="text">What it holds.</param>
    /// <exception cref="BotConfigException">Something in it cannot be used.</exception>
    public static MailPolicy Read(string file, string text) => Read(ConfigFile.Parse(file, text));

    /// <summary>Reads a policy.</summary>
    /// <exception cref="BotConfigException">Something in it cannot be used.</exception>
    internal static MailPolicy Read(ConfigSection root)
    {
        var nothing = new MailPolicy();
        var policy = nothing with
        {
            Default = Entry(root, "default") ?? nothing.Default,
            Lists = Entries(root, "lists"),
            People = Entries(root, "people"),
            Caps = root.Section("caps") is { } caps ? Caps(caps, nothing.Caps) : nothing.Caps,
            Embargo = TimeSpan.FromHours(root.Number("embargo_hours", nothing.Embargo.TotalHours, 0, 10_000)),
            Rules = root.Has("rules") ? root.Texts("rules") : nothing.Rules,
            NeverRules = root.Texts("never_rules"),
            Checks = root.Flag("checks", otherwise: false),
            SendAdopted = root.Flag("send_adopted", otherwise: false),
            ListHosts = [.. nothing.ListHosts, .. root.Texts("list_hosts").Select(static host => host.ToLowerInvariant())],
        };
        root.Finish();
        return policy;
    }

    private static ImmutableSortedDictionary<string, PolicyEntry> Entries(ConfigSection root, string key)
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, PolicyEntry>(StringComparer.Ordinal);
        if (root.Section(key) is { } section)
        {
            foreach (var address in section.Keys)
            {
                if (!MailboxReader.IsAddress(address))
                {
                    throw section.Error(address, "is not a mail address", "write name@host");
                }

                entries[address.ToLowerInvariant()] = Entry(section, address) ?? throw section.Error(address, "says nothing", "write mute, drafts, author or all");
            }
        }

        return entries.ToImmutable();
    }

    /// <summary>One word, or a mapping with more.</summary>
    private static PolicyEntry? Entry(ConfigSection parent, string key)
    {
        if (!parent.Has(key))
        {
            return null;
        }

        if (parent.IsText(key))
        {
            return new PolicyEntry { Reach = ReachOf(parent, key) };
        }

        var section = parent.Section(key)!;
        var cc = section.Texts("cc");
        if (cc.FirstOrDefault(static address => !MailboxReader.IsAddress(address)) is { } bad)
        {
            throw section.Error("cc", $"'{bad}' is not a mail address", "write name@host");
        }

        var entry = new PolicyEntry
        {
            Reach = section.Has("reply") ? ReachOf(section, "reply") : null,
            Cc = cc,
            Embargo = section.Has("embargo_hours") ? TimeSpan.FromHours(section.Number("embargo_hours", 0, 0, 10_000)) : null,
            PerDay = section.Has("per_day") ? (int)section.Number("per_day", 0, 0, 100_000) : null,
        };
        section.Finish();
        return entry;
    }

    private static Reach ReachOf(ConfigSection section, string key) =>
        section.Word(key, Reach.Drafts, ("mute", Reach.Mute), ("drafts", Reach.Drafts), ("author", Reach.Author), ("all", Reach.All));

    private static MailCaps Caps(ConfigSection section, MailCaps otherwise)
    {
        var caps = new MailCaps(
            (int)section.Number("per_mail", otherwise.PerMail, 1, 100),
            (int)section.Number("per_thread", otherwise.PerThread, 0, 1_000),
            (int)section.Number("per_list", otherwise.PerList, 0, 100_000),
            (int)section.Number("per_day", otherwise.PerDay, 0, 100_000));
        section.Finish();
        return caps;
    }
}
