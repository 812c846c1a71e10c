using System.Collections.Immutable;
using Review.Patches.Mail;

namespace Review.Patches.Threads;

/// <summary>A remark in a thread that the analysis shows to be false.</summary>
/// <param name="Mail">The mail.</param>
/// <param name="Function">The function that it is about.</param>
/// <param name="Rule">The rule that looked at the function and found that it holds.</param>
/// <param name="Fact">What holds instead: lower case, no full stop.</param>
/// <param name="IsWithdrawn">True if whoever said it took it back.</param>
public sealed record RefutedClaim(MailMessage Mail, string Function, string Rule, string Fact, bool IsWithdrawn);

/// <summary>
/// Remarks of people that a rule can show to be false, because it follows every path through the function: a path on which they were true would be a finding. Who says what is read out of words, so the result is
/// shown to the person at the terminal and goes into no mail.
/// </summary>
public static class RefutedClaims
{
    /// <summary>Lines of quote above a remark that it is about.</summary>
    private const int LinesOfContext = 24;

    /// <summary>Rules that decide a claim; all the words of one of the lists have to stand together in a line or two.</summary>
    private static readonly ImmutableArray<(string Rule, string[] Subject, string[] Claim, string Fact)> Decidable =
    [
        ("notifier-range-uninit", ["range"], ["uninit", "not initiali", "never initiali"], "the range is initialised on every path before it is used"),
        ("notifier-unpaired", ["invalidate_range"], ["unpaired", "unbalanced", "never called", "missing", "no matching"], "every start of an invalidation has its end on every path"),
        ("tlb-gather-unpaired", ["tlb_finish_mmu", "gather"], ["unpaired", "unbalanced", "never called", "missing", "no matching"], "every gather is finished on every path"),
    ];

    /// <summary>The refuted remarks, in the order of the mails.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="functions">The functions that the patches touch.</param>
    /// <param name="holds">True if a rule looked at all of a function, before and after each patch, and found nothing.</param>
    public static ImmutableArray<RefutedClaim> Find(MailThread thread, IReadOnlyCollection<string> functions, Func<string, string, bool> holds)
    {
        ArgumentNullException.ThrowIfNull(thread);
        var refuted = ImmutableArray.CreateBuilder<RefutedClaim>();
        for (var i = 0; i < thread.Mails.Length; i++)
        {
            var mail = thread.Mails[i];
            if (!PatchSubject.Parse(mail.Subject).IsReply)
            {
                continue;
            }

            foreach (var (rule, subject, claim, fact) in Decidable)
            {
                if (FunctionOf(mail.Info.Body, subject, claim, functions) is { } function && holds(rule, function))
                {
                    refuted.Add(new RefutedClaim(mail, function, rule, fact, ThreadClaims.IsWithdrawn(thread, i)));
                }
            }
        }

        return refuted.ToImmutable();
    }

    /// <summary>The function that a remark in somebody's own words is about: named in it, else the nearest one in what is quoted above; null if there is no such remark.</summary>
    private static string? FunctionOf(string body, string[] subject, string[] claim, IReadOnlyCollection<string> functions)
    {
        var lines = body.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var next = i + 1 < lines.Length && !lines[i + 1].StartsWith('>') ? lines[i + 1] : "";
            if (lines[i].StartsWith('>') || !Says(lines[i], claim) || !Says(lines[i] + " " + next, subject) || lines[i].TrimEnd().EndsWith('?'))
            {
                continue;
            }

            return NamedIn(lines[i] + " " + next) ?? lines.Take(i).Reverse().Take(LinesOfContext).TakeWhile(line => line.StartsWith('>') || line.Trim().Length < 100).Select(NamedIn).FirstOrDefault(static name => name is not null);
        }

        return null;

        string? NamedIn(string line) => functions.FirstOrDefault(function => line.Contains(function + "(", StringComparison.Ordinal));
    }

    private static bool Says(string line, string[] words) => Array.Exists(words, word => line.Contains(word, StringComparison.OrdinalIgnoreCase));
}
