using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Core.Diagnostics;

/// <summary>Which lines of a file a comment speaks about.</summary>
internal sealed class CommentLines
{
    private readonly SourceText text;

    // First line of every comment that shares no line with code -> the line behind it.
    private readonly Dictionary<int, int> lineBehind = [];

    public CommentLines(SourceText text, ImmutableArray<Comment> comments)
    {
        this.text = text;
        foreach (var comment in comments.Where(HasItsLinesToItself))
        {
            lineBehind[FirstLine(comment)] = LastLine(comment) + 1;
        }
    }

    /// <summary>The lines, from 1 and inclusive: its own if code stands there too, else the first line below it that is no comment.</summary>
    public (int First, int Last) CoveredBy(Comment comment)
    {
        var first = FirstLine(comment);
        if (!HasItsLinesToItself(comment))
        {
            return (first, LastLine(comment));
        }

        var line = LastLine(comment) + 1;
        while (lineBehind.TryGetValue(line, out var next))
        {
            line = next;
        }

        return (line, line);
    }

    private int FirstLine(Comment comment) => text.PositionOf(comment.Span.Start).Line;

    private int LastLine(Comment comment) => text.PositionOf(Math.Max(comment.Span.Start, comment.Span.End - 1)).Line;

    private bool HasItsLinesToItself(Comment comment)
    {
        var before = text.OffsetOfLine(FirstLine(comment));
        var after = LastLine(comment) < text.LineCount ? text.OffsetOfLine(LastLine(comment) + 1) : text.Length;
        return IsBlank(before, comment.Span.Start) && IsBlank(Math.Min(comment.Span.End, after), after);
    }

    private bool IsBlank(int start, int end) => text.Bytes[start..end].Trim(" \t\r\n\v\f"u8).IsEmpty;
}
