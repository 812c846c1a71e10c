using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Patches.Mail;

namespace Review.Patches.Threads;

/// <summary>Somebody in the thread who said what a finding says.</summary>
/// <param name="Mail">Index of the mail.</param>
/// <param name="Who">Its sender.</param>
/// <param name="IsWithdrawn">True if the same person took it back in an answer below.</param>
public sealed record ThreadClaim(int Mail, string Who, bool IsWithdrawn);

/// <summary>
/// Who in a thread raised what a rule finds: an answer that quotes or names the function and speaks of the rule's subject in words of its own. Words are all that there is to go by, so the result is
/// shown to a person and decides nothing.
/// </summary>
public static class ThreadClaims
{
    /// <summary>Lines of quote above a remark that it is about.</summary>
    private const int LinesOfContext = 24;

    private static readonly ImmutableSortedDictionary<string, string[]> Subjects = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["build"] = ["prototype", "warning", "does not compile", "doesn't compile", "build error"],
        ["destructive-remote"] = ["ptrace", "permission", "destructive", "capab", "security"],
        ["errno-contract"] = ["errno", "error code", "-einval", "-enomem"],
        ["lock-dropped-in-batch"] = ["batch", "gather", "lazy mmu"],
        ["missing-revalidation"] = ["revalidat", "re-check", "recheck", "check again"],
        ["mmap-lock-imbalance"] = ["unlock", "imbalance", "without the lock", "lock is not"],
        ["notifier-range-uninit"] = ["uninit", "not initiali"],
        ["notifier-unpaired"] = ["invalidate_range_end", "unpaired", "unbalanced"],
        ["pointer-level"] = ["pointer", "&tlb"],
        ["silent-default"] = ["default", "any other behavior", "behavior", "advice"],
        ["sparse-table"] = ["sparse", "switch", "array"],
        ["stale-prev"] = ["prev"],
        ["tlb-gather-unpaired"] = ["tlb_finish", "tlb_gather", "gather"],
        ["useless-writeback"] = ["no effect", "does nothing", "before"],
        ["walk-progress"] = ["skip", "split", "not be zapped", "not updated"],
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly string[] Withdrawals = ["never mind", "nevermind", "ignore", "disregard", "my bad", "misread", "missed", "okay", "you are right", "sorry"];

    /// <summary>Who raised a finding, in the order of the mails.</summary>
    public static IEnumerable<ThreadClaim> Of(MailThread thread, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return About(thread, finding.Rule, finding.Function);
    }

    /// <summary>Who says that something is wrong with the subject of a rule in a function.</summary>
    public static IEnumerable<ThreadClaim> About(MailThread thread, string rule, string function)
    {
        ArgumentNullException.ThrowIfNull(thread);
        if (!Subjects.TryGetValue(rule, out var words) || function.Length == 0)
        {
            yield break;
        }

        for (var i = 0; i < thread.Mails.Length; i++)
        {
            var mail = thread.Mails[i];
            if (PatchSubject.Parse(mail.Subject).IsReply && Raises(mail.Info.Body, words, function))
            {
                yield return new ThreadClaim(i, mail.From?.ToString() ?? "somebody", IsWithdrawn(thread, i));
            }
        }
    }

    private static bool Raises(string body, string[] words, string function)
    {
        var context = new Queue<string>();
        foreach (var line in body.Split('\n'))
        {
            if (!line.StartsWith('>') && Array.Exists(words, word => line.Contains(word, StringComparison.OrdinalIgnoreCase))
                && (line.Contains(function, StringComparison.Ordinal) || context.Any(quoted => quoted.Contains(function, StringComparison.Ordinal))))
            {
                return true;
            }

            context.Enqueue(line);
            if (context.Count > LinesOfContext)
            {
                _ = context.Dequeue();
            }
        }

        return false;
    }

    /// <summary>True if the sender of a mail took it back in an answer to it.</summary>
    internal static bool IsWithdrawn(MailThread thread, int mail) => Enumerable.Range(0, thread.Mails.Length)
        .Where(other => thread.Above(other).FirstOrDefault(-1) == mail && thread.Mails[other].From == thread.Mails[mail].From)
        .Any(other => Own(thread.Mails[other]).Any(static line => Array.Exists(Withdrawals, word => line.Contains(word, StringComparison.OrdinalIgnoreCase))));

    private static IEnumerable<string> Own(MailMessage mail) => mail.Info.Body.Split('\n').Where(static line => !line.StartsWith('>'));
}
