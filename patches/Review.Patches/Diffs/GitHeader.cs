using Review.Patches.Mail;

namespace Review.Patches.Diffs;

/// <summary>
/// The lines from <c>diff --git</c> to the first hunk. What they say must agree; names are given without their first directory (-p1).
/// </summary>
internal sealed class GitHeader
{
    private string? oldName;
    private string? newName;
    private FileMode? oldMode;
    private FileMode? newMode;
    private bool isNew;
    private bool isDeleted;
    private bool isRename;
    private bool isCopy;
    private bool isBinary;
    private string oldId = "";
    private string newId = "";

    private GitHeader()
    {
    }

    /// <summary>Reads the header behind its first line.</summary>
    /// <param name="first">The line <c>diff --git ...</c>.</param>
    /// <param name="lines">The lines behind it; those of the header are taken.</param>
    public static FilePatch Read(string first, LineCursor lines)
    {
        var header = new GitHeader();
        var common = CommonName(LineCursor.Content(first)["diff --git ".Length..]);
        while (lines.Fork().Read() is { } line && line.EndsWith('\n') && header.Take(line[..^1]))
        {
            _ = lines.Read();
        }

        return header.ToPatch(common);
    }

    private FilePatch ToPatch(string? common)
    {
        if (oldName is null && newName is null)
        {
            oldName = newName = common ?? throw new PatchException(null, 0, "a diff names no file");
        }

        if ((newName is null && !isDeleted) || (oldName is null && !isNew))
        {
            throw new PatchException(newName ?? oldName, 0, "the header names only one side of the change");
        }

        if ((isNew ? 1 : 0) + (isDeleted ? 1 : 0) + (isRename ? 1 : 0) + (isCopy ? 1 : 0) > 1)
        {
            throw new PatchException(newName ?? oldName, 0, "the header says several things at once: new, deleted, renamed or copied");
        }

        return new FilePatch
        {
            OldPath = isNew ? null : oldName,
            NewPath = isDeleted ? null : newName,
            OldMode = oldMode,
            NewMode = newMode,
            OldId = oldId,
            NewId = newId,
            IsCopy = isCopy,
            IsBinary = isBinary,
        };
    }

    /// <summary>True if the line belongs to the header.</summary>
    private bool Take(string line)
    {
        if (After(line, "--- ") is { } before)
        {
            TakeSide(before, isNew, ref oldName);
        }
        else if (After(line, "+++ ") is { } after)
        {
            TakeSide(after, isDeleted, ref newName);
        }
        else if (After(line, "old mode ") is { } mode)
        {
            oldMode = ModeOf(mode);
        }
        else if (After(line, "new mode ") is { } changed)
        {
            newMode = ModeOf(changed);
        }
        else if (After(line, "deleted file mode ") is { } gone)
        {
            (isDeleted, oldMode) = (true, ModeOf(gone));
        }
        else if (After(line, "new file mode ") is { } made)
        {
            (isNew, newMode) = (true, ModeOf(made));
        }
        else if ((After(line, "copy from ") ?? After(line, "rename from ") ?? After(line, "rename old ")) is { } source)
        {
            (isCopy, isRename, oldName) = (isCopy || line[0] == 'c', isRename || line[0] == 'r', Name(source, 0));
        }
        else if ((After(line, "copy to ") ?? After(line, "rename to ") ?? After(line, "rename new ")) is { } target)
        {
            (isCopy, isRename, newName) = (isCopy || line[0] == 'c', isRename || line[0] == 'r', Name(target, 0));
        }
        else if (After(line, "index ") is { } ids)
        {
            TakeIds(ids);
        }
        else if (line.StartsWith("GIT binary patch", StringComparison.Ordinal) || line.StartsWith("Binary files ", StringComparison.Ordinal))
        {
            isBinary = true;
            return false;
        }
        else
        {
            return line.StartsWith("similarity index ", StringComparison.Ordinal) || line.StartsWith("dissimilarity index ", StringComparison.Ordinal);
        }

        return true;
    }

    private static void TakeSide(string text, bool isNothing, ref string? name)
    {
        if (isNothing)
        {
            if (!IsNothing(text))
            {
                throw new PatchException(name, 0, "the header says new or deleted, but both sides have a name");
            }

            return;
        }

        if (IsNothing(text))
        {
            throw new PatchException(name, 0, "one side is /dev/null, but the header says neither new nor deleted");
        }

        var said = Name(text, 1);
        if (name is not null && name != said)
        {
            throw new PatchException(name, 0, "the header names the file in two ways");
        }

        name = said;
    }

    private void TakeIds(string text)
    {
        var ids = text.Split(' ')[0];
        var dots = ids.IndexOf("..", StringComparison.Ordinal);
        if (dots > 0)
        {
            (oldId, newId) = (ids[..dots], ids[(dots + 2)..]);
        }

        if (text.Length > ids.Length)
        {
            oldMode = ModeOf(text[(ids.Length + 1)..]);
        }
    }

    private static bool IsNothing(string text) => text.StartsWith("/dev/null", StringComparison.Ordinal) && (text.Length == 9 || ByteText.IsBlank(text[9]));

    private static string? After(string line, string start) => line.StartsWith(start, StringComparison.Ordinal) ? line[start.Length..] : null;

    /// <summary>A name without its first directories.</summary>
    private static string Name(string text, int strip) =>
        QuotedName.Read(text, "\t") is var (name, _) && DiffReader.Strip(name, strip) is { } stripped
            ? ByteText.ToUnicode(stripped)
            : throw new PatchException(null, 0, "a file name cannot be read");

    private static FileMode ModeOf(string text)
    {
        var digits = ByteText.TrimEnd(text);
        if (digits.Length is 0 or > 10 || digits.AsSpan().IndexOfAnyExceptInRange('0', '7') >= 0)
        {
            throw new PatchException(null, 0, "a file mode is no octal number");
        }

        var mode = Convert.ToInt64(digits, 8);
        return (mode & 0xF000) switch
        {
            0xA000 => FileMode.SymbolicLink,
            0xE000 or 0x4000 => FileMode.Submodule,
            _ => (mode & 0x40) != 0 ? FileMode.Executable : FileMode.Regular,
        };
    }

    /// <summary>The name in <c>a/NAME b/NAME</c>, which is known only if both halves are the same.</summary>
    private static string? CommonName(string text)
    {
        if (text.StartsWith('"'))
        {
            return QuotedName.Read(text) is var (first, length) && length < text.Length
                && QuotedName.Read(text[(length + 1)..]) is var (second, _) && Same(first, second) is { } quoted ? ByteText.ToUnicode(quoted) : null;
        }

        for (var blank = text.IndexOf(' ', StringComparison.Ordinal); blank >= 0; blank = text.IndexOf(' ', blank + 1))
        {
            var second = QuotedName.Read(text[(blank + 1)..])?.Name;
            if (second is not null && Same(text[..blank], second) is { } name)
            {
                return ByteText.ToUnicode(name);
            }
        }

        return null;
    }

    private static string? Same(string first, string second) =>
        DiffReader.Strip(first, 1) is { } name && name == DiffReader.Strip(second, 1) ? name : null;
}
