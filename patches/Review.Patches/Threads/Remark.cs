using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Review.Patches.Mail;

namespace Review.Patches.Threads;

/// <summary>What somebody says in his own words: a paragraph, or one entry of a list.</summary>
/// <param name="Text">The words, in one line.</param>
/// <param name="Above">The lines above it, the nearest first: quoted ones with their marks, and own ones.</param>
internal sealed partial record Remark(string Text, ImmutableArray<string> Above)
{
    /// <summary>Lines above a remark that may tell what it is about.</summary>
    private const int LinesOfContext = 24;

    /// <summary>The remarks of a mail: above its signature, and without patches that are in it.</summary>
    public static IEnumerable<Remark> In(MailMessage mail)
    {
        var lines = mail.Info.Body.Split('\n').Select(static line => line.TrimEnd('\r'))
            .TakeWhile(static line => line != "-- " && !line.StartsWith("diff --git ", StringComparison.Ordinal) && !line.StartsWith("--- a/", StringComparison.Ordinal)).ToList();
        for (var start = 0; start < lines.Count;)
        {
            var end = start + 1;
            if (IsOwn(lines[start]))
            {
                while (end < lines.Count && IsOwn(lines[end]) && !BeginsEntry(lines[end]))
                {
                    end++;
                }

                yield return new Remark(string.Join(' ', lines[start..end]), [.. Enumerable.Reverse(lines[..start]).Take(LinesOfContext)]);
            }

            start = end;
        }
    }

    /// <summary>True if the remark has all words of a phrase, in any order: each is the beginning of a word, and short ones are whole words.</summary>
    public bool Has(string phrase) => Array.TrueForAll(phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries), HasWord);

    /// <summary>True if the remark speaks of a function: it names it and no other that could be meant, or else what stands above it is of that function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="others">All functions that could be meant.</param>
    public bool IsAbout(string function, IReadOnlySet<string> others)
    {
        if (Names(Text, function))
        {
            return true;
        }

        if (others.Any(other => Names(Text, other)))
        {
            return false;
        }

        foreach (var line in Above)
        {
            // In a quote the place is what counts, not what is called there.
            var place = line.StartsWith('>') ? TouchedFunctions.At(line.TrimStart('>').TrimStart(' ')) ?? TouchedFunctions.At(Unquoted(line)) : null;
            if (place is not null && (place == function || others.Contains(place)))
            {
                return place == function;
            }

            if (IsOwn(line) && (Names(line, function) || others.Any(other => Names(line, other))))
            {
                return Names(line, function);
            }
        }

        return Above.Any(line => Names(line, function));
    }

    private static string Unquoted(string line) => line.StartsWith("> ", StringComparison.Ordinal) ? line[2..] : line[1..];

    private static bool IsOwn(string line) => line.StartsWith('>') ? CompilerLine().IsMatch(line) : line.Trim().Length > 0;

    private static bool BeginsEntry(string line) => line.TrimStart() is ['-' or '*', ' ', ..];

    private static bool Names(string line, string function) => Places(line, function).Any(at => at + function.Length == line.Length || !IsPart(line[at + function.Length]));

    /// <summary>Where an identifier begins with a text.</summary>
    private static IEnumerable<int> Places(string line, string text)
    {
        for (var at = line.IndexOf(text, StringComparison.Ordinal); at >= 0; at = line.IndexOf(text, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !IsPart(line[at - 1]))
            {
                yield return at;
            }
        }
    }

    private bool HasWord(string word)
    {
        const int Short = 3;
        for (var at = Text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = Text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(Text[at - 1])) && (word.Length > Short || end == Text.Length || !char.IsAsciiLetterOrDigit(Text[end])))
            {
                return true;
            }
        }

        return word == "not" && Text.Contains("n't", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>What a compiler says of a place, as the kernel's build robot marks what is new: no quote, though it looks like one.</summary>
    [GeneratedRegex(@"^>> [\w./+-]+:\d+:(\d+:)? (fatal error|error|warning):", RegexOptions.NonBacktracking)]
    private static partial Regex CompilerLine();
}
