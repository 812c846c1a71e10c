using System.Text;
using Review.Patches.Mail;

namespace Review.Patches.Diffs;

/// <summary>
/// The lines of a file while hunks are applied to it, as git-apply(1) does: no fuzz, the nearest place where all lines match, and no line twice.
/// </summary>
internal sealed class FileText
{
    private readonly List<string> lines = [];

    // Lines that an earlier hunk left behind match no later one.
    private readonly List<bool> isPatched = [];
    private bool isLenient;

    public FileText(ReadOnlySpan<byte> bytes)
    {
        var cursor = new LineCursor(ByteText.Of(bytes));
        while (cursor.Read() is { } line)
        {
            lines.Add(line);
            isPatched.Add(false);
        }
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            _ = text.Append(line);
        }

        return ByteText.Bytes(text.ToString());
    }

    /// <summary>
    /// Replaces the lines of a hunk. Returns how many lines from where the hunk says they were found (0: exactly there); null if they are nowhere.
    /// </summary>
    /// <param name="hunk">The hunk.</param>
    /// <param name="budget">How many lines may still be compared; what is used is taken off.</param>
    /// <param name="ignoresBlanks">True to take lines for the same that differ in white space only; then lines of context stay as the file has them.</param>
    public int? Apply(Hunk hunk, ref long budget, bool ignoresBlanks = false)
    {
        isLenient = ignoresBlanks;
        string[] before = [.. hunk.Before];
        var expected = Math.Max(hunk.NewStart - 1, 0);
        if (Find(hunk, before, expected, ref budget) is not { } place)
        {
            return null;
        }

        string[] after = ignoresBlanks ? [.. AfterInFile(hunk, place)] : [.. hunk.After];
        lines.RemoveRange(place, before.Length);
        lines.InsertRange(place, after);
        isPatched.RemoveRange(place, before.Length);
        isPatched.InsertRange(place, Enumerable.Repeat(true, after.Length));
        return place - expected;
    }

    private IEnumerable<string> AfterInFile(Hunk hunk, int place)
    {
        var next = place;
        foreach (var line in hunk.Lines)
        {
            var old = line.Kind == DiffLineKind.Added ? "" : lines[next++];
            if (line.Kind != DiffLineKind.Removed)
            {
                yield return line.Kind == DiffLineKind.Added ? line.Bytes : old;
            }
        }
    }

    private int? Find(Hunk hunk, string[] before, int expected, ref long budget)
    {
        if (hunk.BeginsAtStart)
        {
            return Matches(before, 0, hunk.EndsAtEnd, ref budget) ? 0 : null;
        }

        if (hunk.EndsAtEnd)
        {
            var last = lines.Count - before.Length;
            return last >= 0 && Matches(before, last, isAtEnd: true, ref budget) ? last : null;
        }

        // Alternately one line further down and one further up, as git looks.
        var (up, down) = (Math.Min(expected, lines.Count), Math.Min(expected, lines.Count));
        if (Matches(before, down, isAtEnd: false, ref budget))
        {
            return down;
        }

        while (up > 0 || down < lines.Count)
        {
            if (down < lines.Count && Matches(before, ++down, isAtEnd: false, ref budget))
            {
                return down;
            }

            if (up > 0 && Matches(before, --up, isAtEnd: false, ref budget))
            {
                return up;
            }
        }

        return null;
    }

    private bool Matches(string[] before, int place, bool isAtEnd, ref long budget)
    {
        if (place + before.Length > lines.Count || (isAtEnd && place + before.Length != lines.Count))
        {
            return false;
        }

        for (var i = 0; i < before.Length; i++)
        {
            budget--;
            if (isPatched[place + i] || !IsSame(before[i], lines[place + i], !isAtEnd && i == before.Length - 1))
            {
                return false;
            }
        }

        return true;
    }

    // git compares bytes from the first line on: a last line without a line end matches one that has it, unless it must be the file's last.
    private bool IsSame(string wanted, string line, bool mayGoOn) =>
        wanted == line || (isLenient && WithoutBlanks(wanted) == WithoutBlanks(line)) || (mayGoOn && !wanted.EndsWith('\n') && line.Length == wanted.Length + 1 && line.EndsWith('\n') && line.StartsWith(wanted, StringComparison.Ordinal));

    private static string WithoutBlanks(string line) => string.Concat(line.Where(static c => !ByteText.IsBlank(c)));
}
