using Review.Patches.Mail;

namespace Review.Patches.Threads;

/// <summary>Somebody in the thread who said what a finding says.</summary>
/// <param name="Mail">Index of the mail.</param>
/// <param name="Who">Its sender.</param>
/// <param name="IsWithdrawn">True if the same person took it back in an answer below.</param>
public sealed record ThreadClaim(int Mail, string Who, bool IsWithdrawn);

/// <summary>
/// Who in a thread raised what a rule finds: an answer with a remark about the function that speaks of the rule's subject in words of its own, which the rule's page has. Words are all that there is to go by:
/// who misreads them is silent once too often.
/// </summary>
public static class ThreadClaims
{
    private static readonly string[] Withdrawals = ["never mind", "nevermind", "ignore", "disregard", "my bad", "misread", "missed", "okay", "you are right", "sorry"];

    /// <summary>Who says that something is wrong in a function, in the order of the mails.</summary>
    /// <param name="thread">The mails.</param>
    /// <param name="function">The function; if it is empty, nobody can be understood.</param>
    /// <param name="phrases">How people speak of what is wrong: words that may stand in any order, each the beginning of one.</param>
    public static IEnumerable<ThreadClaim> About(MailThread thread, string function, IReadOnlyCollection<string> phrases)
    {
        ArgumentNullException.ThrowIfNull(thread);
        ArgumentNullException.ThrowIfNull(function);
        if (function.Length == 0)
        {
            yield break;
        }

        var touched = TouchedFunctions.In(thread);
        for (var i = 0; i < thread.Mails.Length; i++)
        {
            var mail = thread.Mails[i];
            if (IsSpeech(mail) && Remark.In(mail).Any(remark => phrases.Any(remark.Has) && remark.IsAbout(function, touched)))
            {
                yield return new ThreadClaim(i, mail.From?.ToString() ?? "somebody", IsWithdrawn(thread, i));
            }
        }
    }

    /// <summary>An answer, also of a bot that puts its own mark in front of the "Re:".</summary>
    private static bool IsSpeech(MailMessage mail) => PatchSubject.Parse(mail.Subject) is var subject && (subject.IsReply || (!subject.IsPatch && subject.Number is null && !mail.Answers.IsEmpty));

    /// <summary>True if the sender of a mail took it back in an answer to it.</summary>
    internal static bool IsWithdrawn(MailThread thread, int mail) => Enumerable.Range(0, thread.Mails.Length)
        .Where(other => thread.Above(other).FirstOrDefault(-1) == mail && thread.Mails[other].From == thread.Mails[mail].From)
        .Any(other => Own(thread.Mails[other]).Any(static line => Array.Exists(Withdrawals, word => line.Contains(word, StringComparison.OrdinalIgnoreCase))));

    private static IEnumerable<string> Own(MailMessage mail) => mail.Info.Body.Split('\n').Where(static line => !line.StartsWith('>'));
}
