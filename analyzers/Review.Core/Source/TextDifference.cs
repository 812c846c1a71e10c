namespace Review.Core.Source;

/// <summary>What differs between two versions of a file: one range of bytes around all edits; before and behind it they are equal.</summary>
public sealed class TextDifference
{
    private readonly SourceText old;
    private readonly SourceText now;
    private readonly int prefix;
    private readonly int suffix;

    public TextDifference(SourceText old, SourceText now)
    {
        this.old = old;
        this.now = now;
        prefix = old.Bytes.CommonPrefixLength(now.Bytes);
        var shorter = Math.Min(old.Length, now.Length);
        while (suffix < shorter - prefix && old.Bytes[old.Length - 1 - suffix] == now.Bytes[now.Length - 1 - suffix])
        {
            suffix++;
        }
    }

    /// <summary>True if the versions are equal.</summary>
    public bool IsEmpty => prefix == old.Length && prefix == now.Length;

    /// <summary>What went, in bytes of the old version.</summary>
    public TextSpan Old => new(prefix, old.Length - suffix);

    /// <summary>What came, in bytes of the new version.</summary>
    public TextSpan New => new(prefix, now.Length - suffix);

    /// <summary>Where a range of the old version is in the new one; null if something in it, or right beside it, has changed.</summary>
    public TextSpan? Move(TextSpan span) =>
        span.End < prefix ? span
        : span.Start > Old.End ? new TextSpan(span.Start + now.Length - old.Length, span.End + now.Length - old.Length)
        : null;

    /// <summary>Where a line of the old version is in the new one, from 1; for one that changed, where the change begins.</summary>
    public int MoveLine(int line)
    {
        var start = old.OffsetOfLine(Math.Min(line, old.LineCount));
        return start <= prefix ? line : start > Old.End ? line + now.LineCount - old.LineCount : now.PositionOf(prefix).Line;
    }
}
