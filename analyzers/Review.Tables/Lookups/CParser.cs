namespace Review.Tables.Lookups;

/// <summary>
/// Parses expressions and the statements of functions without knowing any declaration. What it does not understand becomes
/// <see cref="COpaque"/>: it never fails, and nothing is concluded from such code.
/// </summary>
internal sealed class CParser(List<CToken> tokens, int position = 0)
{
    private static readonly HashSet<string> TypeWords = new(StringComparer.Ordinal)
    {
        "struct", "enum", "union", "const", "volatile", "unsigned", "signed", "int", "long", "short", "char", "bool", "void", "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "_Bool",
        "static", "inline", "register", "size_t", "ssize_t", "__user", "__maybe_unused",
    };

    private static readonly string[][] Precedence =
        [["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<", "<=", ">", ">="], ["<<", ">>"], ["+", "-"], ["*", "/", "%"]];

    public int Position { get; private set; } = position;

    private string Current => Position < tokens.Count ? tokens[Position].Text : "";

    /// <summary>Parses a <c>{ ... }</c>.</summary>
    public CBlock ParseBlock()
    {
        var statements = new List<CStatement>();
        Position++;
        while (Position < tokens.Count && Current != "}")
        {
            ParseInto(statements);
        }

        Position++;
        return new CBlock(statements);
    }

    /// <summary>Parses an expression up to what cannot belong to it; null if there is none.</summary>
    public CExpression? ParseExpression()
    {
        var left = ParseAssignment();
        while (left is not null && Take(","))
        {
            left = ParseAssignment() is { } right ? new CBinary(",", left, right) : null;
        }

        return left;
    }

    /// <summary>Parses an initial value.</summary>
    public CExpression? ParseInitializer() => Current == "{" ? ParseList() : ParseAssignment();

    private void ParseInto(List<CStatement> statements)
    {
        switch (Current)
        {
            case "{":
                statements.Add(ParseBlock());
                return;
            case ";":
                Position++;
                return;
            case "if":
                Position++;
                var condition = Parenthesized();
                var then = ParseOne();
                statements.Add(new CIf(condition, then, Take("else") ? ParseOne() : null));
                return;
            case "switch":
                Position++;
                statements.Add(new CSwitch(Parenthesized(), ParseOne()));
                return;
            case "while":
                Position++;
                var @while = Parenthesized();
                statements.Add(new CLoop(ParseOne(), @while));
                return;
            case "for":
                Position++;
                statements.Add(new CExpressionStatement(SkipParentheses()));
                statements.Add(new CLoop(ParseOne(), null));
                return;
            case "do":
                Position++;
                var body = ParseOne();
                _ = Take("while");
                statements.Add(new CLoop(body, Parenthesized()));
                _ = Take(";");
                return;
            case "return":
                Position++;
                statements.Add(new CReturn(Current == ";" ? null : UpToSemicolon()));
                _ = Take(";");
                return;
            case "break" or "continue":
                statements.Add(new CJump(tokens[Position++].Text, ""));
                _ = Take(";");
                return;
            case "goto":
                Position++;
                statements.Add(new CJump("goto", Current));
                SkipTo(";");
                return;
            case "case":
                Position++;
                var low = ParseConditional() ?? Opaque(Position, Position);
                statements.Add(new CCase(low, Take("...") ? ParseConditional() : null));
                _ = Take(":");
                return;
            case "default":
                Position++;
                statements.Add(new CCase(null, null));
                _ = Take(":");
                return;
        }

        if (tokens[Position].IsWord && Peek(1) == ":" && Peek(2) != ":")
        {
            statements.Add(new CLabel(Current));
            Position += 2;
        }
        else if (!ParseDeclaration(statements))
        {
            var start = Position;
            if (tokens[Position].IsWord && Peek(1) == "(" && AfterParentheses(Position + 1) is var after && after < tokens.Count && (tokens[after].Text == "{" || (tokens[after].IsWord && tokens[after].Start > tokens[after - 1].End)))
            {
                // A macro that makes a loop of what follows.
                Position = after;
                statements.Add(new CExpressionStatement(Opaque(start, after)));
                statements.Add(new CLoop(ParseOne(), null));
                return;
            }

            statements.Add(new CExpressionStatement(UpToSemicolon()));
            _ = Take(";");
            Position = Position == start ? Position + 1 : Position;
        }
    }

    private CStatement ParseOne()
    {
        var statements = new List<CStatement>();
        if (Position < tokens.Count)
        {
            ParseInto(statements);
            while (statements is [.., CCase or CLabel] && Position < tokens.Count && Current != "}")
            {
                ParseInto(statements);
            }
        }

        return statements is [var only] ? only : new CBlock(statements);
    }

    private bool ParseDeclaration(List<CStatement> statements)
    {
        var at = Position;
        var isUnsigned = false;
        var isStatic = false;
        var words = 0;
        while (at < tokens.Count && tokens[at].IsWord && (TypeWords.Contains(tokens[at].Text) || words == 0 || (at > Position && tokens[at - 1].Text is "struct" or "enum" or "union" or "const" or "static")))
        {
            isUnsigned |= tokens[at].Text is "unsigned" or "u8" or "u16" or "u32" or "u64" or "size_t";
            isStatic |= tokens[at].Text == "static";
            words += tokens[at].Text is "static" or "const" ? 0 : 1;
            at++;
        }

        // The name may have been taken for a type word that follows another one.
        while (at < tokens.Count && tokens[at].Text == "*")
        {
            at++;
        }

        if (words == 0 || at >= tokens.Count || !tokens[at].IsWord || at + 1 >= tokens.Count || tokens[at + 1].Text is not ("=" or ";" or "," or "["))
        {
            return false;
        }

        Position = at;
        do
        {
            while (Take("*"))
            {
            }

            var name = Current;
            Position++;
            while (Current == "[")
            {
                Position = AfterBracket(Position);
            }

            CExpression? initializer = null;
            if (Take("="))
            {
                var start = Position;
                initializer = ParseInitializer();
                if (initializer is null || Current is not ("," or ";"))
                {
                    SkipTo(";");
                    statements.Add(new CDeclaration(name, Opaque(start, Position), isUnsigned, isStatic));
                    return true;
                }
            }

            statements.Add(new CDeclaration(name, initializer, isUnsigned, isStatic));
        }
        while (Take(","));
        SkipTo(";");
        return true;
    }

    private CExpression Parenthesized()
    {
        var start = Position;
        var end = AfterParentheses(Position);
        Position++;
        var inner = ParseExpression();
        var isWhole = Position == end - 1;
        Position = end;
        return inner is not null && isWhole ? inner : Opaque(start, end);
    }

    private COpaque SkipParentheses()
    {
        var start = Position;
        Position = AfterParentheses(Position);
        return Opaque(start, Position);
    }

    private CExpression UpToSemicolon()
    {
        var start = Position;
        if (ParseExpression() is { } expression && Current == ";")
        {
            return expression;
        }

        Position = start;
        while (Position < tokens.Count && Current is not (";" or "}"))
        {
            Position = Current is "(" or "[" or "{" ? AfterBracket(Position) : Position + 1;
        }

        return Opaque(start, Position);
    }

    private CExpression? ParseAssignment()
    {
        var left = ParseConditional();
        if (left is not null && Current is "=" or "+=" or "-=" or "|=" or "&=" or "*=" or "/=" or "^=" or "<<=" or ">>=" or "%=")
        {
            var @operator = tokens[Position++].Text;
            return ParseAssignment() is { } value ? new CAssignment(@operator, left!, value) : null;
        }

        return left;
    }

    private CExpression? ParseConditional()
    {
        var condition = ParseBinary(0);
        if (condition is null || !Take("?"))
        {
            return condition;
        }

        var then = Current == ":" ? condition : ParseExpression();
        return then is not null && Take(":") && ParseConditional() is { } @else ? new CConditional(condition, then, @else) : null;
    }

    private CExpression? ParseBinary(int level)
    {
        if (level == Precedence.Length)
        {
            return ParseUnary();
        }

        var left = ParseBinary(level + 1);
        while (left is not null && Precedence[level].Contains(Current))
        {
            var @operator = tokens[Position++].Text;
            left = ParseBinary(level + 1) is { } right ? new CBinary(@operator, left, right) : null;
        }

        return left;
    }

    private CExpression? ParseUnary()
    {
        if (Current is "!" or "-" or "~" or "*" or "&" or "++" or "--" or "+" or "sizeof" or "defined")
        {
            var @operator = tokens[Position++].Text;
            if (@operator == "sizeof" && Current == "(")
            {
                return new CUnary(@operator, SkipParentheses());
            }

            return ParseUnary() is { } operand ? new CUnary(@operator, operand) : null;
        }

        if (Current == "(" && IsTypeAt(Position + 1))
        {
            Position = AfterParentheses(Position);
            return Current == "{" ? ParseList() : ParseUnary();
        }

        return ParsePostfix(ParsePrimary());
    }

    private CExpression? ParsePrimary()
    {
        if (Position >= tokens.Count)
        {
            return null;
        }

        var token = tokens[Position];
        if (token.Text == "(")
        {
            if (Peek(1) == "{")
            {
                return SkipParentheses();
            }

            Position++;
            var inner = ParseExpression();
            return inner is not null && Take(")") ? inner : null;
        }

        if (char.IsDigit(token.Text[0]))
        {
            Position++;
            return CNumber.Parse(token.Text) is { } number ? new CNumberLiteral(number, token.Text.Contains('u', StringComparison.OrdinalIgnoreCase)) : Opaque(Position - 1, Position);
        }

        if (token.Text[0] is '"' or '\'')
        {
            Position++;
            return Opaque(Position, Position);
        }

        if (!token.IsWord || token.Text is "return" or "if" or "else" or "goto" or "case" or "struct" or "enum" or "union")
        {
            return null;
        }

        Position++;
        return new CName(token.Text);
    }

    private CExpression? ParsePostfix(CExpression? expression)
    {
        while (expression is not null)
        {
            switch (Current)
            {
                case "(":
                    expression = ParseCall(expression);
                    break;
                case "[":
                    Position++;
                    expression = ParseExpression() is { } index && Take("]") ? new CIndex(expression, index) : null;
                    break;
                case "." or "->":
                    expression = new CMember(expression, Peek(1), Current == "->");
                    Position += 2;
                    break;
                case "++" or "--":
                    expression = new CUnary(tokens[Position++].Text, expression);
                    break;
                default:
                    return expression;
            }
        }

        return null;
    }

    private CCall ParseCall(CExpression function)
    {
        var end = AfterParentheses(Position);
        Position++;
        var arguments = new List<CExpression>();
        while (Position < end - 1)
        {
            var start = Position;
            if (ParseAssignment() is { } argument && Current is "," or ")")
            {
                arguments.Add(argument);
            }
            else
            {
                Position = start;
                while (Position < end - 1 && Current != ",")
                {
                    Position = Current is "(" or "[" or "{" ? AfterBracket(Position) : Position + 1;
                }

                arguments.Add(Opaque(start, Position));
            }

            _ = Take(",");
        }

        Position = end;
        return new CCall(function, arguments);
    }

    private CList? ParseList()
    {
        var end = AfterBracket(Position);
        Position++;
        var elements = new List<CElement>();
        while (Position < end - 1)
        {
            string? field = null;
            CExpression? index = null;
            CExpression? last = null;
            if (Current == "." && Peek(2) is "=" or "." or "[")
            {
                field = Peek(1);
                Position += 2;
            }
            else if (Take("["))
            {
                index = ParseConditional();
                last = Take("...") ? ParseConditional() : null;
                if (index is null || !Take("]"))
                {
                    return null;
                }
            }

            if ((field is not null || index is not null) && !Take("="))
            {
                return null;
            }

            if (ParseInitializer() is not { } value)
            {
                return null;
            }

            elements.Add(new CElement(field, index, last, value));
            if (!Take(",") && Position < end - 1)
            {
                return null;
            }
        }

        Position = end;
        return new CList(elements);
    }

    private bool IsTypeAt(int at)
    {
        if (at >= tokens.Count || !tokens[at].IsWord)
        {
            return false;
        }

        var isKnown = TypeWords.Contains(tokens[at].Text);
        var end = at;
        while (end < tokens.Count && (tokens[end].IsWord || tokens[end].Text == "*"))
        {
            end++;
        }

        return end < tokens.Count && tokens[end].Text == ")" && (isKnown || tokens[end - 1].Text == "*"
            || (end == at + 1 && end + 1 < tokens.Count && (tokens[end + 1].Text is "{" || tokens[end + 1].IsWord || char.IsDigit(tokens[end + 1].Text[0]))));
    }

    private COpaque Opaque(int start, int end) => new([.. tokens.Skip(start).Take(end - start).Where(static token => token.IsWord).Select(static token => token.Text)]);

    private bool Take(string text)
    {
        if (Current != text)
        {
            return false;
        }

        Position++;
        return true;
    }

    private string Peek(int ahead) => Position + ahead < tokens.Count ? tokens[Position + ahead].Text : "";

    private void SkipTo(string text)
    {
        while (Position < tokens.Count && Current != text)
        {
            Position = Current is "(" or "[" or "{" ? AfterBracket(Position) : Position + 1;
        }

        Position++;
    }

    private int AfterParentheses(int open) => open < tokens.Count && tokens[open].Text == "(" ? AfterBracket(open) : open;

    private int AfterBracket(int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Count; i++)
        {
            depth += tokens[i].Text is "(" or "[" or "{" ? 1 : tokens[i].Text is ")" or "]" or "}" ? -1 : 0;
            if (depth == 0)
            {
                return i + 1;
            }
        }

        return tokens.Count;
    }
}
