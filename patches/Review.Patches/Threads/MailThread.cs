using System.Collections.Immutable;
using Review.Patches.Mail;

namespace Review.Patches.Threads;

/// <summary>Mails and which of them answers which.</summary>
public sealed class MailThread
{
    private readonly ImmutableArray<int?> parents;

    /// <param name="mails">The mails.</param>
    /// <param name="parents">For each the index of the one it answers; null for none or one that is not here.</param>
    /// <param name="isUncertain">True if it is not certain where one mail ends and the next begins.</param>
    internal MailThread(ImmutableArray<MailMessage> mails, ImmutableArray<int?> parents, bool isUncertain = false)
    {
        Mails = mails;
        this.parents = parents;
        IsUncertain = isUncertain;
    }

    /// <summary>The mails in the order of the input; of those with the same id the first.</summary>
    public ImmutableArray<MailMessage> Mails { get; }

    /// <summary>True if the borders between mails are not certain: then nothing is ever sent about them.</summary>
    public bool IsUncertain { get; }

    /// <summary>The mails of a mailbox, tied together by their ids.</summary>
    public static MailThread Of(IEnumerable<MailMessage> mails)
    {
        ImmutableArray<MailMessage> kept = [.. mails.DistinctBy(static mail => mail.MessageId is null ? (object)mail : mail.MessageId).Take(MailLimits.Mails)];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < kept.Length; i++)
        {
            if (kept[i].MessageId is { } id)
            {
                _ = places.TryAdd(id, i);
            }
        }

        return new MailThread(kept, [.. kept.Select((mail, index) => Parent(mail, index, places))]);
    }

    /// <summary>The index of the mail that another one answers; null if it is none that is here.</summary>
    public int? ParentOf(int mail) => parents[mail];

    /// <summary>The mails above one, the nearest first. Ends where forged ids make a circle.</summary>
    public IEnumerable<int> Above(int mail)
    {
        var seen = new HashSet<int> { mail };
        for (var above = parents[mail]; above is { } one && seen.Add(one); above = parents[one])
        {
            yield return one;
        }
    }

    /// <summary>How many mails lie above one.</summary>
    public int DepthOf(int mail) => Above(mail).Count();

    private static int? Parent(MailMessage mail, int index, Dictionary<string, int> places)
    {
        foreach (var id in mail.Answers.Reverse())
        {
            if (places.TryGetValue(id, out var place) && place != index)
            {
                return place;
            }
        }

        return null;
    }
}
