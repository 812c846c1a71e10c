using System.Globalization;
using System.Text.RegularExpressions;
using Review.Patches.Mail;

namespace Review.Patches.Threads;

/// <summary>
/// Patches that their own author took back in an answer: nobody has to hear more about them. Words are all that there is to go by; who misreads them is silent once too often, and never the other way.
/// </summary>
public static partial class WithdrawnPatches
{
    /// <summary>True if the author of a series took one of its patches, or all of it, back.</summary>
    /// <param name="thread">The mails.</param>
    /// <param name="author">Address of the author.</param>
    /// <param name="patches">The mails of the series by id: the number of the patch, 0 for the cover letter.</param>
    /// <param name="number">The patch that is meant.</param>
    public static bool IsWithdrawn(MailThread thread, string author, IReadOnlyDictionary<string, int> patches, int number)
    {
        ArgumentNullException.ThrowIfNull(thread);
        ArgumentNullException.ThrowIfNull(patches);
        for (var i = 0; i < thread.Mails.Length; i++)
        {
            var mail = thread.Mails[i];
            if (PatchSubject.Parse(mail.Subject).IsReply && author.Equals(mail.From?.Address, StringComparison.OrdinalIgnoreCase) && Answered(thread, i, patches) is { } answered
                && Own(mail).Any(line => TakesBack(line, answered, number)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TakesBack(string line, int answered, int number) => Numbered().Match(line) is { Success: true } numbered
        ? int.Parse(numbered.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) == number
        : (answered == number || answered == 0) && Whole().IsMatch(line);

    private static IEnumerable<string> Own(MailMessage mail) => mail.Info.Body.Split('\n').TakeWhile(static line => line != "-- ").Where(static line => !line.StartsWith('>'));

    /// <summary>The number of the nearest patch of the series above a mail; null if there is none.</summary>
    private static int? Answered(MailThread thread, int mail, IReadOnlyDictionary<string, int> patches) =>
        thread.Above(mail).Select(index => thread.Mails[index].MessageId).Where(id => id is not null && patches.ContainsKey(id)).Select(id => (int?)patches[id!]).FirstOrDefault();

    [GeneratedRegex(@"\b(ignor|drop|disregard|withdraw)(e|ing|n)? (the |my )?patch #?0*(?<number>[1-9]\d{0,2})(/\d+)?\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\b(please (ignore|drop|disregard)( this)?( (patch|series|version|one|mail))?[.,! ]*$|(ignore|drop|disregard|withdraw|withdrawing) (this|the) (patch|series|version|one)\b|i (hereby )?withdraw (this|it|the)|self-?nac?k)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Whole();
}
