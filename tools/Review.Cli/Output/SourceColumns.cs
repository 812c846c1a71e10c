using System.Text;
using Review.Core.Diagnostics;
using Review.Core.Source;

namespace Review.Cli.Output;

/// <summary>The part of one line of source that a finding is about.</summary>
/// <param name="Line">The line's text.</param>
/// <param name="Start">First character, from 0, in UTF-16 units.</param>
/// <param name="End">Behind the last one.</param>
internal readonly record struct LineRange(string Line, int Start, int End);

/// <summary>Findings count columns in bytes, as compilers do; pages and SARIF count characters.</summary>
internal static class SourceColumns
{
    /// <summary>The part of a line (from 1) that a finding is about; null if the file is not known, has no such line, or the finding does not touch it.</summary>
    public static LineRange? OnLine(SourceText? text, Finding finding, int line)
    {
        if (text is null || line < 1 || line > text.LineCount || line < finding.Line || line > Math.Max(finding.Line, finding.EndLine))
        {
            return null;
        }

        var content = text.Line(line);
        var start = line == finding.Line ? Index(text, line, finding.Column) : content.Length - content.AsSpan().TrimStart().Length;
        var end = line == finding.EndLine ? Index(text, line, finding.EndColumn) : content.AsSpan().TrimEnd().Length;
        return new LineRange(content, start, Math.Max(start, end));
    }

    /// <summary>The index, in UTF-16 units from 0, of a byte column (from 1); cut to the line.</summary>
    public static int Index(SourceText text, int line, int column)
    {
        var start = text.OffsetOfLine(line);
        var bytes = text.Bytes.Slice(start, Math.Min(Math.Max(column - 1, 0), text.Length - start));
        return Math.Min(Encoding.UTF8.GetCharCount(bytes), text.Line(line).Length);
    }
}
