using System.Collections.Immutable;

namespace Review.Bot.Policies;

/// <summary>How far a message may go, from not at all to everybody; the lesser of two wins.</summary>
public enum Reach
{
    /// <summary>Nothing is written, not even a draft.</summary>
    Mute,

    /// <summary>A draft for the operator.</summary>
    Drafts,

    /// <summary>To the author of the patch alone.</summary>
    Author,

    /// <summary>To everybody whom the patch was sent to, as far as the policy knows the lists among them.</summary>
    All,
}

/// <summary>What is said of one list, one person, or by default; null where nothing is said.</summary>
public sealed record PolicyEntry
{
    public Reach? Reach { get; init; }

    /// <summary>Addresses that get a copy of what is sent.</summary>
    public ImmutableArray<string> Cc { get; init; } = [];

    /// <summary>How long after the series a message is sent at the earliest.</summary>
    public TimeSpan? Embargo { get; init; }

    /// <summary>Mails to this list in a day.</summary>
    public int? PerDay { get; init; }
}

/// <summary>How much is said at the most.</summary>
/// <param name="PerMail">Findings in one mail.</param>
/// <param name="PerThread">Mails in one thread.</param>
/// <param name="PerList">Mails in a day about patches of one list.</param>
/// <param name="PerDay">Mails in a day altogether.</param>
public sealed record MailCaps(int PerMail, int PerThread, int PerList, int PerDay);

/// <summary>Who a message would go to.</summary>
/// <param name="Author">The sender of the patch.</param>
/// <param name="List">The list that the patch came from.</param>
/// <param name="Addressed">Everybody else whom the patch was sent to.</param>
public sealed record PolicyQuestion(string Author, string List, ImmutableArray<string> Addressed);

/// <summary>What the policy says about a message.</summary>
/// <param name="Reach">How far it may go.</param>
/// <param name="Cc">Who gets a copy; with <see cref="Reach.Drafts"/>, who would.</param>
/// <param name="Embargo">How long it waits.</param>
/// <param name="Reason">Why it goes no farther: lower case, no full stop.</param>
public sealed record PolicyAnswer(Reach Reach, ImmutableArray<string> Cc, TimeSpan Embargo, string Reason);

/// <summary>
/// Who may be written to, about what, and how much. What is not allowed is a draft; what is muted anywhere is nothing at all; a list that is not named is not written to.
/// </summary>
public sealed record MailPolicy
{
    /// <summary>Words in <c>rules</c> that are no names of rules.</summary>
    public const string Confirmed = "confirmed";

    /// <inheritdoc cref="Confirmed"/>
    public const string Build = "build";

    /// <summary>Entries for addresses in lower case.</summary>
    public ImmutableSortedDictionary<string, PolicyEntry> Lists { get; init; } = ImmutableSortedDictionary.Create<string, PolicyEntry>(StringComparer.Ordinal);

    /// <inheritdoc cref="Lists"/>
    public ImmutableSortedDictionary<string, PolicyEntry> People { get; init; } = ImmutableSortedDictionary.Create<string, PolicyEntry>(StringComparer.Ordinal);

    /// <summary>What holds for a list that is not named.</summary>
    public PolicyEntry Default { get; init; } = new() { Reach = Reach.Drafts };

    public MailCaps Caps { get; init; } = new(3, 5, 10, 20);

    public TimeSpan Embargo { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What may be mailed: <see cref="Confirmed"/> findings, those of the <see cref="Build"/>, those of rules by name.</summary>
    public ImmutableArray<string> Rules { get; init; } = [Confirmed, Build];

    /// <summary>Rules that are never mailed.</summary>
    public ImmutableArray<string> NeverRules { get; init; } = [];

    /// <summary>True if checks are posted to patchwork, with <c>--send</c>.</summary>
    public bool Checks { get; init; }

    /// <summary>True if a draft that a person adopts is sent by the bot.</summary>
    public bool SendAdopted { get; init; }

    /// <summary>Hosts of mailing lists: an address there is a list, named or not.</summary>
    public ImmutableArray<string> ListHosts { get; init; } = ["vger.kernel.org", "kvack.org", "lists.linux.dev", "lists.infradead.org", "googlegroups.com"];

    /// <summary>Decides about a message.</summary>
    /// <param name="question">Who it would go to.</param>
    /// <param name="muted">What people's answers muted: addresses in lower case.</param>
    public PolicyAnswer Decide(PolicyQuestion question, IReadOnlySet<string> muted)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(muted);
        var author = question.Author.ToLowerInvariant();
        var addressed = question.Addressed.Select(static address => address.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Where(address => address != author).ToList();
        var lists = addressed.Where(IsList).Append(question.List.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        var named = lists.Where(Lists.ContainsKey).ToList();

        // A mute anywhere wins: by the policy or by an answer, of the person or of a list.
        if (IsMuted(author, muted))
        {
            return new PolicyAnswer(Reach.Mute, [], TimeSpan.Zero, $"{author} is muted");
        }

        if (lists.Find(list => IsMuted(list, muted)) is { } silent)
        {
            return new PolicyAnswer(Reach.Mute, [], TimeSpan.Zero, $"{silent} is muted");
        }

        var (reach, reason) = (Default.Reach ?? Reach.Drafts, "the default");
        if (named.Count > 0)
        {
            (reach, reason) = named.Select(list => (Lists[list].Reach ?? Default.Reach ?? Reach.Drafts, list)).MinBy(static one => one.Item1);
        }

        if (People.GetValueOrDefault(author)?.Reach is { } personal && personal < reach)
        {
            (reach, reason) = (personal, author);
        }

        if (reach == Reach.Mute)
        {
            return new PolicyAnswer(Reach.Mute, [], TimeSpan.Zero, $"{reason} is muted");
        }

        var entries = named.Select(list => Lists[list]).Append(People.GetValueOrDefault(author)).OfType<PolicyEntry>().ToList();
        var copies = entries.SelectMany(static entry => entry.Cc).Concat(Default.Cc);
        var everybody = reach is Reach.All or Reach.Drafts ? addressed.Where(address => !IsList(address) || Lists.GetValueOrDefault(address)?.Reach == Reach.All) : [];
        return new PolicyAnswer(
            reach,
            [.. everybody.Concat(copies).Select(static address => address.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Where(address => address != author && !IsMuted(address, muted))],
            entries.Select(static entry => entry.Embargo).OfType<TimeSpan>().DefaultIfEmpty(Default.Embargo ?? Embargo).Max(),
            reach == Reach.All ? "" : $"no more than {reach.ToString().ToLowerInvariant()} by {reason}");
    }

    /// <summary>Why a message has to stay a draft because enough was said; null if it may be sent.</summary>
    /// <param name="list">The list that the patch came from.</param>
    /// <param name="thread">Mails in the thread so far.</param>
    /// <param name="perList">Mails about patches of the list in the last day.</param>
    /// <param name="day">Mails in the last day.</param>
    public string? Cap(string list, int thread, int perList, int day)
    {
        ArgumentNullException.ThrowIfNull(list);
        var ofList = Math.Min(Caps.PerList, Lists.GetValueOrDefault(list.ToLowerInvariant())?.PerDay ?? int.MaxValue);
        return thread >= Caps.PerThread ? $"the thread has {thread} mails already"
            : perList >= ofList ? $"{list} has had {perList} mails in a day already"
            : day >= Caps.PerDay ? $"there were {day} mails in a day already"
            : null;
    }

    /// <summary>Why findings of a rule are not mailed; null if they are.</summary>
    /// <param name="rule">Its name.</param>
    /// <param name="isBuild">True for what the compiler says.</param>
    /// <param name="isConfirmed">True if a run on the model confirms the finding.</param>
    public string? Refuse(string rule, bool isBuild, bool isConfirmed) =>
        NeverRules.Contains(rule, StringComparer.Ordinal) ? "the policy never mails this rule"
        : (isConfirmed && Rules.Contains(Confirmed, StringComparer.Ordinal)) || (isBuild && Rules.Contains(Build, StringComparer.Ordinal)) || Rules.Contains(rule, StringComparer.Ordinal) ? null
        : isConfirmed || isBuild ? "the policy does not mail this rule" : "not confirmed on the model";

    /// <summary>True for the address of a list, as far as anybody can tell.</summary>
    public bool IsList(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var host = address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return Lists.ContainsKey(address) || host.StartsWith("lists.", StringComparison.Ordinal)
            || ListHosts.Any(one => host == one || host.EndsWith("." + one, StringComparison.Ordinal));
    }

    private bool IsMuted(string address, IReadOnlySet<string> muted) =>
        muted.Contains(address) || People.GetValueOrDefault(address)?.Reach == Reach.Mute || Lists.GetValueOrDefault(address)?.Reach == Reach.Mute;
}
