using System.Text.RegularExpressions;
using Review.Patches.Mail;

namespace Review.Patches.Threads;

/// <summary>The functions that a line of a diff is in or begins: by the head of a hunk, or by a definition.</summary>
internal static partial class TouchedFunctions
{
    /// <summary>All of them in the patches of a thread.</summary>
    public static HashSet<string> In(MailThread thread) =>
        [.. thread.Mails.Where(static mail => !PatchSubject.Parse(mail.Subject).IsReply).SelectMany(static mail => Diff(mail)).Select(static line => At(line)).OfType<string>()];

    /// <summary>The function that a line of a diff names as the place; null if it names none.</summary>
    public static string? At(string line) => Place().Match(line) is { Success: true } match ? match.Groups["name"].Value : null;

    private static IEnumerable<string> Diff(MailMessage mail) => mail.Info.Body.Split('\n').SkipWhile(static line => !line.StartsWith("diff --git ", StringComparison.Ordinal));

    [GeneratedRegex(@"^(?:@@ -[0-9,]+ \+[0-9,]+ @@ |[ +-]?)(?:[A-Za-z_][\w \t*]*[ \t*])?(?<name>[A-Za-z_]\w*)\(", RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
