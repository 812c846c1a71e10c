namespace Review.Tables.Lookups;

/// <summary>A function with its body.</summary>
internal sealed record CFunction(string Name, IReadOnlyList<CParameter> Parameters, CBlock Body, int Start, int NameStart, int BodyStart, int End);

/// <summary>A parameter.</summary>
internal sealed record CParameter(string Name, bool IsUnsigned);

/// <summary>A variable at file level that has an initial value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The value.</param>
/// <param name="IsArray">True for an array.</param>
/// <param name="Size">The number of elements as declared; null if the value says it.</param>
internal sealed record CVariable(string Name, CExpression Value, bool IsArray, CExpression? Size);

/// <summary>What a C file defines, for one choice of options.</summary>
internal sealed class CFile
{
    private readonly List<CToken> tokens;

    public CFile(string code)
    {
        tokens = CTokens.Read(code);
        for (var at = 0; at < tokens.Count;)
        {
            at = ReadItem(at);
        }
    }

    public Dictionary<string, CFunction> Functions { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, CVariable> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>The enumerators and their numbers; null where the number is not a plain one.</summary>
    public Dictionary<string, long?> Enumerators { get; } = new(StringComparer.Ordinal);

    /// <summary>The members of all structures.</summary>
    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    private int ReadItem(int start)
    {
        for (var at = start; at < tokens.Count; at++)
        {
            switch (tokens[at].Text)
            {
                case ";":
                    return at + 1;
                case "=":
                    return ReadVariable(start, at);
                case "(" or "[":
                    at = Close(at) - 1;
                    break;
                case "{":
                    return ReadBraces(start, at);
            }
        }

        return tokens.Count;
    }

    private int ReadVariable(int start, int equals)
    {
        var bracket = Enumerable.Range(start, equals - start).FirstOrDefault(i => tokens[i].Text == "[", -1);
        var name = tokens[(bracket < 0 ? equals : bracket) - 1].Text;
        var size = bracket < 0 ? null : new CParser(tokens, bracket + 1).ParseExpression();
        var parser = new CParser(tokens, equals + 1);
        if (parser.ParseInitializer() is { } value)
        {
            Variables[name] = new CVariable(name, value, bracket >= 0, size);
        }

        var end = equals;
        while (end < tokens.Count && tokens[end].Text != ";")
        {
            end = tokens[end].Text is "(" or "[" or "{" ? Close(end) : end + 1;
        }

        return end + 1;
    }

    private int ReadBraces(int start, int open)
    {
        var end = Close(open);
        var paren = Enumerable.Range(start, open - start).FirstOrDefault(i => tokens[i].Text == "(", -1);
        if (paren > start && tokens[paren - 1].IsWord)
        {
            ReadFunction(start, paren, open, end);
            return end;
        }

        if (Enumerable.Range(start, open - start).Any(i => tokens[i].Text == "enum"))
        {
            ReadEnumerators(open + 1, end - 1);
        }

        else if (Enumerable.Range(start, open - start).Any(i => tokens[i].Text == "struct"))
        {
            Members.UnionWith(Enumerable.Range(open + 1, end - open - 1).Where(i => tokens[i].IsWord && i + 1 < end && tokens[i + 1].Text is ";" or ":" or "," or "[").Select(i => tokens[i].Text));
        }

        return end;
    }

    private void ReadFunction(int start, int paren, int open, int end)
    {
        var name = tokens[paren - 1].Text;
        var parts = Split(paren + 1, Close(paren) - 1);
        var isSystemCall = name.StartsWith("SYSCALL_DEFINE", StringComparison.Ordinal) || name.StartsWith("COMPAT_SYSCALL_DEFINE", StringComparison.Ordinal);
        if (isSystemCall && parts.Count > 0)
        {
            // Types and names take turns there.
            name = "sys_" + parts[0][^1];
            parts = [.. parts.Skip(1).Chunk(2).Where(static pair => pair.Length == 2).Select(static pair => (List<string>)[.. pair[0], .. pair[1]])];
        }

        var parameters = parts.Where(static part => part.Count > 0 && part is not ["void"])
            .Select(static part => new CParameter(part.FindLast(static word => char.IsLetter(word[0]) || word[0] == '_') ?? "", part.Exists(static word => word is "unsigned" or "size_t" or "u8" or "u16" or "u32" or "u64")));
        Functions.TryAdd(name, new CFunction(name, [.. parameters], new CParser(tokens, open).ParseBody(), tokens[start].Start, tokens[paren - 1].Start, tokens[open].Start, tokens[end - 1].End));
    }

    private void ReadEnumerators(int start, int end)
    {
        long? next = 0;
        foreach (var part in Split(start, end).Where(static part => part.Count > 0))
        {
            if (part.Count > 1)
            {
                next = part.Count == 3 && CNumber.Parse(part[2]) is { } number ? number : null;
            }

            Enumerators[part[0]] = next;
            next++;
        }
    }

    /// <summary>The tokens between commas.</summary>
    private List<List<string>> Split(int start, int end)
    {
        List<List<string>> parts = [[]];
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Text == ",")
            {
                parts.Add([]);
                continue;
            }

            var close = tokens[i].Text is "(" or "[" or "{" ? Close(i) : i + 1;
            for (; i < close; i++)
            {
                parts[^1].Add(tokens[i].Text);
            }

            i--;
        }

        return parts;
    }

    private int Close(int open)
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
