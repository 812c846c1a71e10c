using System.Collections.Immutable;
using Review.Core.Source;

namespace Review.Core.Diagnostics;

/// <summary>A mechanical cure of a finding: edits of the file it is in.</summary>
/// <param name="Title">What the cure does, as a person would say it: lower case, no full stop.</param>
/// <param name="Edits">The edits; they do not overlap.</param>
public sealed record Fix(string Title, ImmutableArray<TextEdit> Edits)
{
    /// <summary>A cure of one edit.</summary>
    public Fix(string title, TextSpan span, string text)
        : this(title, [new TextEdit(span, text)])
    {
    }

    public bool Equals(Fix? other) => other is not null && Title == other.Title && Edits.SequenceEqual(other.Edits);

    public override int GetHashCode() => HashCode.Combine(Title, Edits.Length);
}

/// <summary>Puts a text in the place of a range of bytes.</summary>
/// <param name="Span">What goes; empty for an insertion.</param>
/// <param name="Text">What comes; empty for a deletion.</param>
public sealed record TextEdit(TextSpan Span, string Text);
