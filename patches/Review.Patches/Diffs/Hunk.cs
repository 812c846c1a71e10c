using System.Collections.Immutable;

namespace Review.Patches.Diffs;

/// <summary>What a line of a hunk does.</summary>
public enum DiffLineKind
{
    /// <summary>It is on both sides.</summary>
    Context,

    /// <summary>It goes.</summary>
    Removed,

    /// <summary>It comes.</summary>
    Added,
}

/// <summary>One line of a hunk.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Bytes">Its bytes as a text of one character each, line end included; without one if the file ends there without.</param>
public readonly record struct DiffLine(DiffLineKind Kind, string Bytes);

/// <summary>One hunk of a unified diff.</summary>
/// <param name="OldStart">First line before, from 1; 0 if there are none.</param>
/// <param name="NewStart">First line after, from 1; 0 if there are none.</param>
/// <param name="Section">What stands behind the second <c>@@</c>: usually the line that begins the function.</param>
/// <param name="Lines">The lines in order.</param>
public sealed record Hunk(int OldStart, int NewStart, string Section, ImmutableArray<DiffLine> Lines)
{
    /// <summary>The lines as they must stand in the file.</summary>
    public IEnumerable<string> Before => Lines.Where(static line => line.Kind != DiffLineKind.Added).Select(static line => line.Bytes);

    /// <summary>The lines as they will stand.</summary>
    public IEnumerable<string> After => Lines.Where(static line => line.Kind != DiffLineKind.Removed).Select(static line => line.Bytes);

    /// <summary>True if the last line is not one of context: then the hunk ends where the file does.</summary>
    public bool EndsAtEnd => Lines.Length > 0 && Lines[^1].Kind != DiffLineKind.Context;

    /// <summary>True if the hunk begins where the file does.</summary>
    public bool BeginsAtStart => OldStart <= 1;
}
