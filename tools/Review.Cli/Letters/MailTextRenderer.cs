using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Review.Cli.Letters;

/// <summary>
/// Turns a letter in Markdown into the text of a mail: paragraphs wrapped at 72 columns, quotes behind <c>&gt; </c> as they are, everything else that is code indented, a rule as the mark of a
/// signature.
/// </summary>
internal static class MailTextRenderer
{
    private const int Width = 72;

    /// <summary>The text; it ends with a line end.</summary>
    public static string Render(string markdown)
    {
        var text = new StringBuilder();
        var isFooter = false;
        foreach (var block in Markdown.Parse(markdown))
        {
            switch (block)
            {
                case FencedCodeBlock { Info: "quote" } quote:
                    AddLines(text, quote, "> ");
                    break;
                case ThematicBreakBlock:
                    isFooter = true;
                    _ = text.Append("-- \n");
                    continue;
                case LeafBlock { Inline: null } code:
                    AddLines(text, code, isFooter ? "" : "  ");
                    break;
                case LeafBlock { Inline: { } inline }:
                    AddWrapped(text, Words(inline));
                    break;
            }

            _ = isFooter ? text : text.Append('\n');
        }

        return text.ToString();
    }

    private static void AddLines(StringBuilder text, LeafBlock block, string prefix)
    {
        for (var i = 0; i < block.Lines.Count; i++)
        {
            _ = text.Append((prefix + block.Lines.Lines[i].Slice).TrimEnd()).Append('\n');
        }
    }

    private static string Words(ContainerInline inline)
    {
        var words = new StringBuilder();
        foreach (var part in inline.Descendants())
        {
            _ = part switch
            {
                LiteralInline literal => words.Append(literal.Content.AsSpan()),
                CodeInline code => words.Append(code.Content),
                LineBreakInline => words.Append(' '),
                _ => words,
            };
        }

        return words.ToString();
    }

    private static void AddWrapped(StringBuilder text, string words)
    {
        var column = 0;
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var breaks = column > 0 && column + 1 + word.Length > Width;
            _ = text.Append(breaks ? "\n" : column > 0 ? " " : "").Append(word);
            column = (breaks || column == 0 ? 0 : column + 1) + word.Length;
        }

        _ = text.Append('\n');
    }
}
