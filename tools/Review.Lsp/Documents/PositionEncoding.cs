namespace Review.Lsp.Documents;

/// <summary>In what the <c>character</c> of a position counts.</summary>
public enum PositionEncoding
{
    /// <summary>UTF-16 code units: what every client understands.</summary>
    Utf16,

    /// <summary>Bytes of UTF-8.</summary>
    Utf8,
}

/// <summary>A place between two characters, from 0; in which units <see cref="Character"/> counts was agreed on with the client.</summary>
public readonly record struct TextPosition(int Line, int Character);

/// <summary>A half-open range.</summary>
public readonly record struct TextRange(TextPosition Start, TextPosition End);

/// <summary>A change of a document.</summary>
/// <param name="Range">What goes; null for all of it.</param>
/// <param name="Text">What comes.</param>
public sealed record TextChange(TextRange? Range, string Text);
