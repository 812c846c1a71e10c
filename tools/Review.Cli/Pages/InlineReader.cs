using Markdig.Syntax.Inlines;
using Review.Cli.Output;

namespace Review.Cli.Pages;

/// <summary>Turns the inlines of a paragraph into styled text. Without colours code keeps its back quotes, so it can still be told from prose.</summary>
internal sealed class InlineReader(Ansi ansi, bool useColors)
{
    /// <summary>Reads the inlines of a block; null counts as empty.</summary>
    public StyledText Read(ContainerInline? inlines) => Read(inlines, static text => text);

    /// <summary>Reads the inlines of a block in a style.</summary>
    public StyledText Read(ContainerInline? inlines, Func<string, string> style)
    {
        var text = new StyledText();
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
        {
            Add(text, inline, style);
        }

        return text;
    }

    private void Add(StyledText text, Inline inline, Func<string, string> style)
    {
        switch (inline)
        {
            case LiteralInline literal:
                text.Add(literal.Content.ToString(), style);
                break;
            case CodeInline code:
                text.Add(useColors ? code.Content : $"`{code.Content}`", part => ansi.Cyan(part));
                break;
            case HtmlEntityInline entity:
                text.Add(entity.Transcoded.ToString(), style);
                break;
            case LineBreakInline lineBreak:
                text.Add(lineBreak.IsHard ? "\n" : " ", style);
                break;
            case AutolinkInline link:
                text.Add($"<{link.Url}>", ansi.Underlined);
                break;
            case LinkInline link:
                AddLink(text, link, style);
                break;
            case EmphasisInline emphasis:
                AddAll(text, emphasis, emphasis.DelimiterCount >= 2 ? ansi.Bold : ansi.Italic);
                break;
            case ContainerInline container:
                AddAll(text, container, style);
                break;
            default:
                text.Add(inline.ToString() ?? "", style);
                break;
        }
    }

    private void AddLink(StyledText text, LinkInline link, Func<string, string> style)
    {
        AddAll(text, link, style);
        if (!string.IsNullOrEmpty(link.Url))
        {
            text.Add($" ({link.Url})", ansi.Faint);
        }
    }

    private void AddAll(StyledText text, ContainerInline container, Func<string, string> style)
    {
        foreach (var inline in container)
        {
            Add(text, inline, style);
        }
    }
}
