using System.Collections.Immutable;
using System.Text;
using Review.Patches.Mail;

namespace Review.Patches.Threads;

/// <summary>
/// The flat page on which public-inbox shows a whole thread, saved as text. It has names without addresses and no message ids, so its mails can be
/// read and reviewed, but not answered. Its marks are not escaped: a mail may hold a perfect copy of them, so a mail ends only where another
/// one really begins, and the number of mails that the page claims is compared.
/// </summary>
public sealed class ThreadPage
{
    private const string Footer = "^ permalink raw reply";
    private const string EndOfThread = "end of thread, other threads:";
    private const string OnlyMessage = "only message in thread";
    private const string Overview = "Thread overview: ";

    private readonly List<string> lines = [];
    private readonly List<Entry> entries = [];

    private ThreadPage(string text)
    {
        var cursor = new LineCursor(text);
        while (cursor.Read() is { } line)
        {
            lines.Add(LineCursor.Content(line).TrimEnd('\r'));
        }
    }

    /// <summary>One mail on the page.</summary>
    private sealed record Entry(string Subject, string Author, string Date, string To, string Cc, int BodyStart, int Claimed)
    {
        public int BodyEnd { get; set; }
    }

    /// <summary>Reads a page; null if the bytes are none.</summary>
    public static MailThread? Read(ReadOnlySpan<byte> bytes)
    {
        var start = ByteText.Of(bytes[..Math.Min(bytes.Length, 4_096)]);
        if (!start.Contains("\n* ", StringComparison.Ordinal) || !start.Contains("\n@ ", StringComparison.Ordinal) || !start.Contains(" UTC (permalink / raw)", StringComparison.Ordinal))
        {
            return null;
        }

        var page = new ThreadPage(ByteText.Of(bytes));
        return page.Read();
    }

    private MailThread? Read()
    {
        var tail = lines.Count;
        for (var i = 0; i < lines.Count && tail == lines.Count && entries.Count < MailLimits.Mails;)
        {
            if (entries.Count == 0 && lines[i].StartsWith("* ", StringComparison.Ordinal) && Start(i) is { } first)
            {
                entries.Add(first);
                i = first.BodyStart;
            }
            else if (entries.Count > 0 && lines[i].StartsWith(Footer, StringComparison.Ordinal) && NextText(i + 1) is var next && (IsTail(next) || Start(next) is not null))
            {
                entries[^1].BodyEnd = i;
                if (IsTail(next))
                {
                    tail = next;
                }
                else
                {
                    entries.Add(Start(next)!);
                    i = entries[^1].BodyStart;
                }
            }
            else
            {
                i++;
            }
        }

        if (entries.Count == 0)
        {
            return null;
        }

        entries[^1].BodyEnd = entries[^1].BodyEnd == 0 ? lines.Count : entries[^1].BodyEnd;
        var claimed = entries.GroupBy(static entry => entry.Claimed).MaxBy(static group => group.Count())!.Key;
        var parents = Parents(tail);
        return new MailThread([.. entries.Select(ToMail)], parents, claimed != entries.Count || tail == lines.Count);
    }

    private bool IsTail(int line) =>
        line >= lines.Count || lines[line].StartsWith(EndOfThread, StringComparison.Ordinal) || lines[line].StartsWith(OnlyMessage, StringComparison.Ordinal);

    private int NextText(int line)
    {
        while (line < lines.Count && lines[line].Length == 0)
        {
            line++;
        }

        return line;
    }

    /// <summary>The head of a mail that begins at a line: subject, its place in the thread, sender and receivers. Null if none begins there.</summary>
    private Entry? Start(int line)
    {
        if (line >= lines.Count || !lines[line].StartsWith("* ", StringComparison.Ordinal))
        {
            return null;
        }

        var subject = lines[line][2..];
        var marks = 0;
        var claimed = 0;
        for (line++; line < lines.Count && lines[line] is [' ' or '@', ..]; line++)
        {
            marks += lines[line].StartsWith("@ ", StringComparison.Ordinal) ? 1 : 0;
            claimed = lines[line].EndsWith(" messages in thread", StringComparison.Ordinal) || lines[line].EndsWith(" message in thread", StringComparison.Ordinal) ? Count(lines[line]) : claimed;
        }

        if (marks != 1 || claimed == 0 || line >= lines.Count || Sender(lines[line]) is not var (author, date))
        {
            return null;
        }

        var (to, cc) = ("", "");
        for (line++; line < lines.Count && lines[line].Length > 0; line++)
        {
            var text = lines[line].Trim();
            if (text.StartsWith("To: ", StringComparison.Ordinal) && text.IndexOf("; +Cc: ", StringComparison.Ordinal) is var both)
            {
                (to, cc) = both < 0 ? (text[4..], cc) : (text[4..both], text[(both + 7)..]);
            }
            else if (text.StartsWith("Cc: ", StringComparison.Ordinal))
            {
                cc = text[4..];
            }
            else
            {
                (to, cc) = cc.Length > 0 ? (to, cc + " " + text) : (to + " " + text, cc);
            }
        }

        return new Entry(subject, author, date, to, cc, Math.Min(line + 1, lines.Count), claimed);
    }

    /// <summary>The number in <c>0 siblings, 9 replies; 43+ messages in thread</c>.</summary>
    private static int Count(string line)
    {
        var start = line.LastIndexOf("; ", StringComparison.Ordinal) + 2;
        var end = start;
        while (end < line.Length && char.IsAsciiDigit(line[end]))
        {
            end++;
        }

        return int.TryParse(line.AsSpan(start, end - start), out var count) ? count : 0;
    }

    /// <summary>Name and date in <c>From: NAME @ 2021-09-26 16:12 UTC (permalink / raw)</c>.</summary>
    private static (string Author, string Date)? Sender(string line)
    {
        const string End = " UTC (permalink / raw)";
        var at = line.LastIndexOf(" @ ", StringComparison.Ordinal);
        return line.StartsWith("From: ", StringComparison.Ordinal) && line.EndsWith(End, StringComparison.Ordinal) && at > 6
            ? (line[6..at], line[(at + 3)..^End.Length])
            : null;
    }

    private MailMessage ToMail(Entry entry)
    {
        var text = new StringBuilder();
        _ = text.Append($"Subject: {entry.Subject}\nFrom: {Quoted(entry.Author)} <>\nDate: {entry.Date}\n");
        _ = text.Append($"To: {Names(entry.To)}\nCc: {Names(entry.Cc)}\nContent-Type: text/plain; charset=utf-8\n\n");
        for (var i = entry.BodyStart; i < entry.BodyEnd; i++)
        {
            _ = text.Append(lines[i]).Append('\n');
        }

        return MailMessage.Read(ByteText.Bytes(text.ToString()));
    }

    private static string Names(string list) => string.Join(", ", list.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(static name => Quoted(name.Trim()) + " <>"));

    private static string Quoted(string name) => "\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>Who answers whom, from the tree at the end of the page: depth first, one line for each mail, indented by its depth.</summary>
    private ImmutableArray<int?> Parents(int tail)
    {
        var parents = new int?[entries.Count];
        var above = new List<int>();
        var used = new bool[entries.Count];
        var start = lines.FindIndex(Math.Min(tail, lines.Count), static line => line.StartsWith(Overview, StringComparison.Ordinal));
        for (var i = start < 0 ? lines.Count : start; i < lines.Count; i++)
        {
            if (TreeLine(lines[i]) is not var (depth, date, rest) || Find(date, rest, used) is not { } entry)
            {
                continue;
            }

            used[entry] = true;
            depth = Math.Min(depth, above.Count);
            above.RemoveRange(depth, above.Count - depth);
            parents[entry] = above.Count > 0 ? above[^1] : null;
            above.Add(entry);
        }

        return [.. parents];
    }

    private int? Find(string date, string text, bool[] used)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (!used[i] && entries[i].Date == date && (text == entries[i].Author || text == $"{entries[i].Subject} {entries[i].Author}" || (text.EndsWith(" " + entries[i].Author, StringComparison.Ordinal) && entries[i].Subject.EndsWith(text[..^(entries[i].Author.Length + 1)], StringComparison.Ordinal))))
            {
                return i;
            }
        }

        return null;
    }

    private static (int Depth, string Date, string Text)? TreeLine(string line)
    {
        const int DateLength = 16;
        if (line.Length < DateLength + 2 || line[4] != '-' || line[13] != ':')
        {
            return null;
        }

        var text = line[DateLength..];
        var blanks = text.Length - text.TrimStart(' ').Length;
        return text.TrimStart(' ') is ['`', ' ', .. var answer] ? (((blanks - 1) / 2) + 1, line[..DateLength], answer) : (0, line[..DateLength], text.TrimStart(' '));
    }
}
