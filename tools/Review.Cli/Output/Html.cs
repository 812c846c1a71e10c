using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>
/// A piece of HTML. It is made from interpolated strings whose holes are escaped, so text out of a tree can become
/// markup only where somebody writes <see cref="Raw"/>; pieces inside pieces stay what they are.
/// </summary>
internal readonly struct Html
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    /// <summary>Markup with escaped holes.</summary>
    public static Html Of(Handler markup) => new(markup.ToMarkup());

    /// <summary>Text; invisible characters except tabs are made visible.</summary>
    public static Html Text(string text) => new(Escape(text));

    /// <summary>Markup that is known to be harmless: our own style sheet, what Markdig made of a page.</summary>
    public static Html Raw(string markup) => new(markup);

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.ToString())));

    public override string ToString() => markup ?? "";

    private static string Escape(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            visible.Append(rune.Value == '\t' ? "\t" : VisibleText.Of(rune));
        }

        return WebUtility.HtmlEncode(visible.ToString());
    }

    /// <summary>Collects the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly struct Handler
    {
        private readonly StringBuilder text;

        public Handler(int literalLength, int formattedCount) => text = new StringBuilder(literalLength + (16 * formattedCount));

        public void AppendLiteral(string literal) => text.Append(literal);

        public void AppendFormatted(Html piece) => text.Append(piece.ToString());

        public void AppendFormatted(IEnumerable<Html> pieces) => text.Append(Join(pieces));

        public void AppendFormatted(string? value) => text.Append(Escape(value ?? ""));

        public void AppendFormatted(int value) => text.Append(value);

        internal string ToMarkup() => text.ToString();
    }
}
