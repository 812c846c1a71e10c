using System.Collections.Immutable;
using System.Globalization;
using Review.Patches.Mail;

namespace Review.Patches.Diffs;

/// <summary>
/// Reads what git-apply(1) would apply out of the patch part of a mail: every diff in it, wherever it stands, and nothing else.
/// </summary>
public sealed class DiffReader
{
    private readonly LineCursor lines;
    private readonly ImmutableArray<FilePatch>.Builder files = ImmutableArray.CreateBuilder<FilePatch>();
    private int hunks;

    private DiffReader(string text) => lines = new LineCursor(text);

    /// <summary>The changes in order; one file may come several times.</summary>
    /// <exception cref="PatchException">git would refuse the patch as corrupt, or its paths.</exception>
    public static ImmutableArray<FilePatch> Read(ReadOnlyMemory<byte> patch)
    {
        var reader = new DiffReader(ByteText.Of(patch.Span));
        reader.Read();
        return reader.files.ToImmutable();
    }

    /// <summary>A name without its first directories; null if it has too few.</summary>
    internal static string? Strip(string name, int count)
    {
        for (; count > 0; count--)
        {
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
            {
                return null;
            }

            name = name[(slash + 1)..];
        }

        return name.Length == 0 ? null : name;
    }

    private void Read()
    {
        while (lines.Read() is { } line)
        {
            if (line.StartsWith("diff --git ", StringComparison.Ordinal))
            {
                Add(GitHeader.Read(line, lines));
            }
            else if (line.StartsWith("--- ", StringComparison.Ordinal) && IsPlainHeader())
            {
                Add(PlainHeader(line, lines.Read()!));
            }
            else if (line.StartsWith("@@ -", StringComparison.Ordinal) && HunkRange.Parse(line) is not null)
            {
                throw new PatchException(files.Count > 0 ? files[^1].Path : null, 0, "corrupt: a hunk stands behind lines that no hunk counts");
            }
        }
    }

    private bool IsPlainHeader()
    {
        var ahead = lines.Fork();
        return ahead.Read()?.StartsWith("+++ ", StringComparison.Ordinal) == true && ahead.Read()?.StartsWith("@@ -", StringComparison.Ordinal) == true;
    }

    /// <summary>A header without a git line: the names are on its two lines, a date behind a tab.</summary>
    private static FilePatch PlainHeader(string before, string after)
    {
        var (oldName, newName) = (PlainName(before), PlainName(after));
        if (oldName is null && newName is null)
        {
            throw new PatchException(null, 0, "a diff names no file");
        }

        // Two names that differ are two views of one file, unless git's own lines say that it was renamed.
        if (oldName is not null && newName is not null && oldName != newName)
        {
            throw new PatchException(newName, 0, $"the two sides name different files, and no line says that {oldName} was renamed");
        }

        return new FilePatch { OldPath = oldName, NewPath = newName };
    }

    private static string? PlainName(string line)
    {
        var text = LineCursor.Content(line)[4..];
        var name = QuotedName.Read(text, "\t")?.Name ?? throw new PatchException(null, 0, "a file name cannot be read");
        return ByteText.TrimEnd(name) == "/dev/null" ? null : Strip(name, 1) is { } stripped ? ByteText.ToUnicode(stripped) : throw new PatchException(null, 0, "a file name has no directory to take away");
    }

    private void Add(FilePatch header)
    {
        foreach (var path in (ReadOnlySpan<string?>)[header.OldPath, header.NewPath])
        {
            if (path is not null && PatchPath.Trouble(path) is { } trouble)
            {
                throw new PatchException(path, 0, trouble);
            }
        }

        if (files.Count >= DiffLimits.Files)
        {
            throw new PatchException(header.Path, 0, $"more than {DiffLimits.Files} files in one patch");
        }

        var found = ImmutableArray.CreateBuilder<Hunk>();
        while (lines.StartsWith("@@ -"))
        {
            found.Add(ReadHunk(header.Path, found.Count + 1));
            if (++hunks > DiffLimits.Hunks)
            {
                throw new PatchException(header.Path, 0, $"more than {DiffLimits.Hunks} hunks in one patch");
            }
        }

        if (header.OldPath is null && found.Any(static hunk => hunk.Before.Any()))
        {
            throw new PatchException(header.Path, 0, "the new file depends on old contents");
        }

        if (header.NewPath is null && found.Any(static hunk => hunk.After.Any()))
        {
            throw new PatchException(header.Path, 0, "the deleted file still has contents");
        }

        if (found.Count == 0 && !header.IsBinary && !header.ChangesMore)
        {
            throw new PatchException(header.Path, 0, "corrupt: a header stands there without any change");
        }

        files.Add(header with { Hunks = found.ToImmutable() });
    }

    private Hunk ReadHunk(string path, int number)
    {
        var first = lines.Read()!;
        if (HunkRange.Parse(first) is not { } range)
        {
            throw new PatchException(path, number, "corrupt: its first line cannot be read");
        }

        var (before, after) = (range.OldCount, range.NewCount);
        var content = ImmutableArray.CreateBuilder<DiffLine>();
        while (before > 0 || after > 0)
        {
            if (lines.Read() is not { } line || !line.EndsWith('\n'))
            {
                throw new PatchException(path, number, "corrupt: it ends before the lines that it counts");
            }

            switch (line[0])
            {
                case ' ' or '\n':
                    content.Add(new DiffLine(DiffLineKind.Context, line[0] == ' ' ? line[1..] : line));
                    (before, after) = (before - 1, after - 1);
                    break;
                case '-':
                    content.Add(new DiffLine(DiffLineKind.Removed, line[1..]));
                    before--;
                    break;
                case '+':
                    content.Add(new DiffLine(DiffLineKind.Added, line[1..]));
                    after--;
                    break;
                case '\\' when line.Length >= 12 && content.Count > 0:
                    CutLineEnd(content);
                    break;
                default:
                    throw new PatchException(path, number, "corrupt: a line begins as none of a diff does; a mail program may have wrapped it");
            }
        }

        if (before < 0 || after < 0)
        {
            throw new PatchException(path, number, "corrupt: it has other lines than it counts");
        }

        if (content.All(static line => line.Kind == DiffLineKind.Context))
        {
            throw new PatchException(path, number, "corrupt: it changes nothing");
        }

        if (lines.StartsWith("\\ ") && lines.Fork().Read()!.Length >= 12)
        {
            _ = lines.Read();
            CutLineEnd(content);
        }

        return new Hunk(range.OldStart, range.NewStart, range.Section, content.ToImmutable());
    }

    /// <summary>The line before <c>\ No newline at end of file</c> has no line end.</summary>
    private static void CutLineEnd(ImmutableArray<DiffLine>.Builder content) =>
        content[^1] = content[^1] with { Bytes = LineCursor.Content(content[^1].Bytes) };

    /// <summary>What <c>@@ -a,b +c,d @@ section</c> says.</summary>
    private readonly record struct HunkRange(int OldStart, int OldCount, int NewStart, int NewCount, string Section)
    {
        public static HunkRange? Parse(string line)
        {
            var position = 4;
            if (Range(line, ref position) is not var (oldStart, oldCount) || !Skip(line, " +", ref position)
                || Range(line, ref position) is not var (newStart, newCount) || !Skip(line, " @@", ref position))
            {
                return null;
            }

            return new HunkRange(oldStart, oldCount, newStart, newCount, ByteText.ToUnicode(ByteText.Trim(line[position..])));
        }

        private static (int Start, int Count)? Range(string line, ref int position)
        {
            if (Number(line, ref position) is not { } start)
            {
                return null;
            }

            if (!Skip(line, ",", ref position))
            {
                return (start, 1);
            }

            return Number(line, ref position) is { } count ? (start, count) : null;
        }

        private static bool Skip(string line, string text, ref int position)
        {
            var isThere = string.CompareOrdinal(line, position, text, 0, text.Length) == 0;
            position += isThere ? text.Length : 0;
            return isThere;
        }

        private static int? Number(string line, ref int position)
        {
            var start = position;
            while (position < line.Length && char.IsAsciiDigit(line[position]))
            {
                position++;
            }

            return int.TryParse(line.AsSpan(start, position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
    }
}
