namespace Review.Tables.Lookups;

/// <summary>
/// Parses expressions and the statements of functions without knowing any declaration. What it does not understand becomes
/// <see cref="COpaque"/>: it never fails, and nothing is concluded from such code.
/// </summary>
internal sealed class CParser
{
    private readonly CTokenCursor at;
    private readonly CExpressionParser expressions;

    public CParser(List<CToken> tokens, int position = 0)
    {
        at = new CTokenCursor(tokens, position);
        expressions = new CExpressionParser(at);
    }

    private List<CToken> Tokens => at.Tokens;

    /// <summary>Parses an expression up to what cannot belong to it; null if there is none, or if it nests too deep.</summary>
    public CExpression? ParseExpression() => Bounded(expressions.ParseExpression);

    /// <summary>Parses an initial value; null if there is none, or if it nests too deep.</summary>
    public CExpression? ParseInitializer() => Bounded(expressions.ParseInitializer);

    /// <summary>Parses the <c>{ ... }</c> of a function.</summary>
    public CBlock ParseBody() => Bounded(ParseBlock) ?? new CBlock([new CNotUnderstood()]);

    private static T? Bounded<T>(Func<T?> parse)
        where T : class
    {
        try
        {
            return parse();
        }
        catch (NestedTooDeepException)
        {
            return null;
        }
    }

    private CBlock ParseBlock()
    {
        var statements = new List<CStatement>();
        at.Position++;
        while (at.Position < Tokens.Count && at.Current != "}")
        {
            ParseInto(statements);
        }

        at.Position++;
        return new CBlock(statements);
    }

    private void ParseInto(List<CStatement> statements)
    {
        switch (at.Current)
        {
            case "{":
                statements.Add(at.Nested(ParseBlock));
                return;
            case ";":
                at.Position++;
                return;
            case "if":
                at.Position++;
                var condition = Parenthesized();
                var then = at.Nested(ParseOne);
                statements.Add(new CIf(condition, then, at.Take("else") ? at.Nested(ParseOne) : null));
                return;
            case "switch":
                at.Position++;
                statements.Add(new CSwitch(Parenthesized(), at.Nested(ParseOne)));
                return;
            case "while":
                at.Position++;
                var @while = Parenthesized();
                statements.Add(new CLoop(at.Nested(ParseOne), @while));
                return;
            case "for":
                at.Position++;
                statements.Add(new CExpressionStatement(at.SkipParentheses()));
                statements.Add(new CLoop(at.Nested(ParseOne), null));
                return;
            case "do":
                at.Position++;
                var body = at.Nested(ParseOne);
                _ = at.Take("while");
                statements.Add(new CLoop(body, Parenthesized()));
                _ = at.Take(";");
                return;
            case "return":
                at.Position++;
                statements.Add(new CReturn(at.Current == ";" ? null : UpToSemicolon()));
                _ = at.Take(";");
                return;
            case "break" or "continue":
                statements.Add(new CJump(Tokens[at.Position++].Text, ""));
                _ = at.Take(";");
                return;
            case "goto":
                at.Position++;
                statements.Add(new CJump("goto", at.Current));
                at.SkipTo(";");
                return;
            case "case":
                at.Position++;
                var low = expressions.ParseConditional() ?? at.Opaque(at.Position, at.Position);
                statements.Add(new CCase(low, at.Take("...") ? expressions.ParseConditional() : null));
                _ = at.Take(":");
                return;
            case "default":
                at.Position++;
                statements.Add(new CCase(null, null));
                _ = at.Take(":");
                return;
        }

        if (Tokens[at.Position].IsWord && at.Peek(1) == ":" && at.Peek(2) != ":")
        {
            statements.Add(new CLabel(at.Current));
            at.Position += 2;
        }
        else if (!ParseDeclaration(statements))
        {
            var start = at.Position;
            if (Tokens[at.Position].IsWord && at.Peek(1) == "(" && at.AfterParentheses(at.Position + 1) is var after && after < Tokens.Count && (Tokens[after].Text == "{" || (Tokens[after].IsWord && Tokens[after].Start > Tokens[after - 1].End)))
            {
                // A macro that makes a loop of what follows.
                at.Position = after;
                statements.Add(new CExpressionStatement(at.Opaque(start, after)));
                statements.Add(new CLoop(at.Nested(ParseOne), null));
                return;
            }

            statements.Add(new CExpressionStatement(UpToSemicolon()));
            _ = at.Take(";");
            at.Position = at.Position == start ? at.Position + 1 : at.Position;
        }
    }

    private CStatement ParseOne()
    {
        var statements = new List<CStatement>();
        if (at.Position < Tokens.Count)
        {
            ParseInto(statements);
            while (statements is [.., CCase or CLabel] && at.Position < Tokens.Count && at.Current != "}")
            {
                ParseInto(statements);
            }
        }

        return statements is [var only] ? only : new CBlock(statements);
    }

    private bool ParseDeclaration(List<CStatement> statements)
    {
        var next = at.Position;
        var isUnsigned = false;
        var isStatic = false;
        var words = 0;
        while (next < Tokens.Count && Tokens[next].IsWord && (CTypeWords.Contains(Tokens[next].Text) || words == 0 || (next > at.Position && Tokens[next - 1].Text is "struct" or "enum" or "union" or "const" or "static")))
        {
            isUnsigned |= Tokens[next].Text is "unsigned" or "u8" or "u16" or "u32" or "u64" or "size_t";
            isStatic |= Tokens[next].Text == "static";
            words += Tokens[next].Text is "static" or "const" ? 0 : 1;
            next++;
        }

        // The name may have been taken for a type word that follows another one.
        while (next < Tokens.Count && Tokens[next].Text == "*")
        {
            next++;
        }

        if (words == 0 || next >= Tokens.Count || !Tokens[next].IsWord || next + 1 >= Tokens.Count || Tokens[next + 1].Text is not ("=" or ";" or "," or "["))
        {
            return false;
        }

        at.Position = next;
        do
        {
            while (at.Take("*"))
            {
            }

            var name = at.Current;
            at.Position++;
            while (at.Current == "[")
            {
                at.Position = at.AfterBracket(at.Position);
            }

            CExpression? initializer = null;
            if (at.Take("="))
            {
                var start = at.Position;
                initializer = expressions.ParseInitializer();
                if (initializer is null || at.Current is not ("," or ";"))
                {
                    at.SkipTo(";");
                    statements.Add(new CDeclaration(name, at.Opaque(start, at.Position), isUnsigned, isStatic));
                    return true;
                }
            }

            statements.Add(new CDeclaration(name, initializer, isUnsigned, isStatic));
        }
        while (at.Take(","));
        at.SkipTo(";");
        return true;
    }

    private CExpression Parenthesized()
    {
        var start = at.Position;
        var end = at.AfterParentheses(at.Position);
        at.Position++;
        var inner = expressions.ParseExpression();
        var isWhole = at.Position == end - 1;
        at.Position = end;
        return inner is not null && isWhole ? inner : at.Opaque(start, end);
    }

    private CExpression UpToSemicolon()
    {
        var start = at.Position;
        if (expressions.ParseExpression() is { } expression && at.Current == ";")
        {
            return expression;
        }

        at.Position = start;
        while (at.Position < Tokens.Count && at.Current is not (";" or "}"))
        {
            at.Position = at.Current is "(" or "[" or "{" ? at.AfterBracket(at.Position) : at.Position + 1;
        }

        return at.Opaque(start, at.Position);
    }
}
