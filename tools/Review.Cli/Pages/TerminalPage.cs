using System.Globalization;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Review.Cli.Output;
using Review.Core.Diagnostics;

namespace Review.Cli.Pages;

/// <summary>Renders Markdown for a terminal: wrapped prose, code as it is, tables with aligned columns.</summary>
internal sealed class TerminalPage(Ansi ansi, bool useColors)
{
    private const string CodeIndent = "    ";
    private const int TabStop = 8;

    private readonly InlineReader inlines = new(ansi, useColors);

    /// <summary>The page's lines, each ended by LF.</summary>
    public string Render(MarkdownDocument document, int width) =>
        string.Concat(Blocks(document, width, isTight: false).Select(line => line.TrimEnd() + "\n"));

    private IEnumerable<string> Blocks(ContainerBlock container, int width, bool isTight)
    {
        var isFirst = true;
        foreach (var block in container)
        {
            var hasGap = !isFirst && !isTight;
            foreach (var line in Lines(block, width))
            {
                if (hasGap)
                {
                    yield return "";
                    hasGap = false;
                }

                isFirst = false;
                yield return line;
            }
        }
    }

    private IEnumerable<string> Lines(Block block, int width) => block switch
    {
        HeadingBlock heading => Heading(heading, width),
        ParagraphBlock paragraph => inlines.Read(paragraph.Inline).Wrap(width),
        CodeBlock code => Code(code),
        ListBlock list => List(list, width),
        QuoteBlock quote => Blocks(quote, width - 2, isTight: false).Select(line => "| " + line),
        Table table => new TerminalTable(inlines, ansi).Render(table, width),
        ThematicBreakBlock => [new string('-', width)],
        LinkReferenceDefinitionGroup => [],
        ContainerBlock container => Blocks(container, width, isTight: false),
        LeafBlock leaf => inlines.Read(leaf.Inline).Wrap(width),
        _ => [],
    };

    // On a terminal bold is enough; a pipe gets the underlines that people draw in plain text.
    private IEnumerable<string> Heading(HeadingBlock heading, int width)
    {
        var longest = 0;
        foreach (var line in inlines.Read(heading.Inline, ansi.Bold).Wrap(width))
        {
            longest = Math.Max(longest, Ansi.WidthOf(line));
            yield return line;
        }

        if (!useColors && heading.Level <= 2)
        {
            yield return new string(heading.Level == 1 ? '=' : '-', longest);
        }
    }

    private static IEnumerable<string> Code(CodeBlock code)
    {
        // Examples are indented as in a kernel file; on the page the common part is only lost room.
        var lines = Enumerable.Range(0, code.Lines.Count).Select(i => ExpandTabs(code.Lines.Lines[i].Slice.ToString())).ToList();
        var common = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return lines.Select(line => CodeIndent + line[Math.Min(common, line.Length)..]);
    }

    private static string ExpandTabs(string line)
    {
        var column = 0;
        var cells = line.EnumerateRunes().Select(rune =>
        {
            var cell = rune.Value == '\t' ? new string(' ', TabStop - (column % TabStop)) : VisibleText.Of(rune);
            column += cell.Length;
            return cell;
        });
        return string.Concat(cells);
    }

    private IEnumerable<string> List(ListBlock list, int width)
    {
        var number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        var isFirst = true;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            if (!isFirst && list.IsLoose)
            {
                yield return "";
            }

            isFirst = false;
            var marker = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "- ";
            var prefix = marker;
            foreach (var line in Blocks(item, width - marker.Length, isTight: !list.IsLoose))
            {
                yield return prefix + line;
                prefix = new string(' ', marker.Length);
            }
        }
    }
}
