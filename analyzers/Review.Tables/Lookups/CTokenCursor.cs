namespace Review.Tables.Lookups;

/// <summary>A place among the tokens of a C file that a parser moves on.</summary>
internal sealed class CTokenCursor(List<CToken> tokens, int position)
{
    /// <summary>How deep statements and expressions may nest; clang's own limit for brackets, <c>-fbracket-depth</c>, is the same.</summary>
    private const int MaximumDepth = 256;

    private int depth;

    public List<CToken> Tokens => tokens;

    public int Position { get; set; } = position;

    /// <summary>The token here; empty behind the last one.</summary>
    public string Current => Position < tokens.Count ? tokens[Position].Text : "";

    /// <summary>The tokens of a range as something that is not understood.</summary>
    public COpaque Opaque(int start, int end) => new([.. tokens.Skip(start).Take(end - start).Where(static token => token.IsWord).Select(static token => token.Text)]);

    /// <summary>Parses something that may hold more of its own kind.</summary>
    /// <exception cref="NestedTooDeepException">It does so too often: following it would end the process for lack of stack.</exception>
    public T Nested<T>(Func<T> parse)
    {
        if (depth == MaximumDepth)
        {
            throw new NestedTooDeepException();
        }

        depth++;
        var result = parse();
        depth--;
        return result;
    }

    /// <summary>An expression that was put on top of others in a loop, as <c>a + b + c</c> is.</summary>
    /// <exception cref="NestedTooDeepException">It is too high for whoever walks down it.</exception>
    public static CExpression Chained(CExpression expression) => expression.Height <= MaximumDepth ? expression : throw new NestedTooDeepException();

    /// <summary>Moves over a token if it is the one here.</summary>
    public bool Take(string text)
    {
        if (Current != text)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>The token some places ahead; empty behind the last one.</summary>
    public string Peek(int ahead) => Position + ahead < tokens.Count ? tokens[Position + ahead].Text : "";

    /// <summary>Moves behind the next token of a text outside of brackets.</summary>
    public void SkipTo(string text)
    {
        while (Position < tokens.Count && Current != text)
        {
            Position = Current is "(" or "[" or "{" ? AfterBracket(Position) : Position + 1;
        }

        Position++;
    }

    /// <summary>The place behind the parentheses that open at a place; the place itself if none do.</summary>
    public int AfterParentheses(int open) => open < tokens.Count && tokens[open].Text == "(" ? AfterBracket(open) : open;

    /// <summary>The place behind the bracket of any kind that closes the one at a place.</summary>
    public int AfterBracket(int open)
    {
        var level = 0;
        for (var i = open; i < tokens.Count; i++)
        {
            level += tokens[i].Text is "(" or "[" or "{" ? 1 : tokens[i].Text is ")" or "]" or "}" ? -1 : 0;
            if (level == 0)
            {
                return i + 1;
            }
        }

        return tokens.Count;
    }

    /// <summary>Skips <c>( ... )</c> without a look at what is inside.</summary>
    public COpaque SkipParentheses()
    {
        var start = Position;
        Position = AfterParentheses(Position);
        return Opaque(start, Position);
    }
}
