using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Review.Core.Diagnostics;

namespace Review.Dashboard.Pages;

/// <summary>HTML. What is put into an interpolated string of it is escaped unless it is markup already.</summary>
internal sealed class Markup
{
    private readonly string html;

    private Markup(string html) => this.html = html;

    public static Markup Empty { get; } = new("");

    /// <summary>Markup out of an interpolated string.</summary>
    public static Markup Of(Builder builder) => new(builder.ToString());

    /// <summary>Pieces behind one another.</summary>
    public static Markup Join(IEnumerable<Markup> pieces) => new(string.Concat(pieces));

    /// <summary>Text with its line ends, every other character that nobody can see written out.</summary>
    public static Markup Lines(string text) => new(string.Join('\n', text.Split('\n').Select(static line => Escape(line.TrimEnd('\r').Replace("\t", "        ", StringComparison.Ordinal)))));

    public override string ToString() => html;

    private static string Escape(string text) => WebUtility.HtmlEncode(VisibleText.Of(text));

    /// <summary>Takes an interpolated string apart.</summary>
    [InterpolatedStringHandler]
    internal sealed class Builder(int literalLength, int formattedCount)
    {
        private readonly StringBuilder text = new(literalLength + (16 * formattedCount));

        public void AppendLiteral(string literal) => text.Append(literal);

        public void AppendFormatted(Markup markup) => text.Append(markup);

        public void AppendFormatted(string value) => text.Append(Escape(value));

        public void AppendFormatted(long value) => text.Append(value);

        public override string ToString() => text.ToString();
    }
}
