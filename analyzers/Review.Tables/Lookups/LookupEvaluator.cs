namespace Review.Tables.Lookups;

/// <summary>Runs functions of a file for one advice. It computes exactly or not at all: what depends on more than the advice is <see cref="CUnknown"/>.</summary>
/// <param name="file">The file, for one choice of options.</param>
/// <param name="parameters">What holds the advice.</param>
/// <param name="constants">The numbers of constants.</param>
/// <param name="isDefined">Tells whether an option is on.</param>
/// <param name="advice">The advice.</param>
internal sealed class LookupEvaluator(CFile file, AdviceParameters parameters, IReadOnlyDictionary<string, long> constants, Func<string, bool> isDefined, int advice)
{
    private const int MaximumDepth = 8;

    private int depth;

    /// <summary>What a function returns; <see cref="CUnknown"/> if that is not always the same.</summary>
    public CValue Run(string function) => file.Functions.TryGetValue(function, out var definition)
        ? Run(definition, [.. definition.Parameters.Select(parameter => parameters.Contains(function, parameter.Name) ? ParameterValue(definition, parameter) : CUnknown.Instance)])
        : CUnknown.Instance;

    /// <summary>What an expression is that names no variable.</summary>
    public CValue Constant(CExpression expression) => Value(expression, new CEnvironment());

    /// <summary>The member of a record; zero if it is not named.</summary>
    public CValue Member(CRecord record, string field) =>
        record.List.Elements.LastOrDefault(element => element.Field == field) is { } element ? Value(element.Value, new CEnvironment())
        : record.List.Elements.Any(static element => element.Field is null && element.Value is not CNumberLiteral { Value: 0 }) ? CUnknown.Instance : new CInteger(0);

    /// <summary>The element of an array at file level.</summary>
    public CValue Element(CVariable array, CInteger index)
    {
        var size = SizeOf(array);
        if (size is not { } known)
        {
            return CUnknown.Instance;
        }

        if (index.Number < 0 || index.Number >= known)
        {
            return new CUndefined(array.Name);
        }

        if (array.Value is not CList list)
        {
            return CUnknown.Instance;
        }

        CExpression? found = null;
        var isRecord = false;
        foreach (var element in list.Elements)
        {
            if (element.Index is null || Number(element.Index) is not { } low)
            {
                return CUnknown.Instance;
            }

            isRecord |= element.Value is CList;
            found = low <= index.Number && index.Number <= (element.LastIndex is null ? low : Number(element.LastIndex) ?? low) ? element.Value : found;
        }

        return found is not null ? Value(found, new CEnvironment()) : isRecord ? new CRecord(new CList([])) : new CInteger(0);
    }

    /// <summary>The number of elements of an array; null if it cannot be told.</summary>
    public long? SizeOf(CVariable array) => array.Size is { } size ? Number(size)
        : array.Value is CList { Elements: [] } ? 0
        : array.Value is CList list ? list.Elements.Select(element => element.Index is null ? null : Number(element.LastIndex ?? element.Index)).DefaultIfEmpty(null).Max() + 1 : null;

    private long? Number(CExpression expression) => Value(expression, new CEnvironment()) switch
    {
        CInteger number => number.Number,
        CSymbol symbol => symbol.Number,
        _ => null,
    };

    /// <summary>How the function uses the parameter says whether it is the advice or leads to it.</summary>
    private CValue ParameterValue(CFunction function, CParameter parameter)
    {
        var isPointer = AdviceParameters.Walk(function.Body).SelectMany(AdviceParameters.ExpressionsOf)
            .Any(expression => expression is CUnary { Operator: "*", Operand: CName pointer } && pointer.Name == parameter.Name || (expression is CMember { Target: CName holder } && holder.Name == parameter.Name));
        var isHandedOn = AdviceParameters.Walk(function.Body).SelectMany(AdviceParameters.ExpressionsOf).OfType<CCall>().Where(call => call.Function is CName { Name: var callee } && callee != function.Name && file.Functions.ContainsKey(callee))
            .Any(call => file.Functions[((CName)call.Function).Name] is var callee && callee.Parameters.Zip(call.Arguments).Any(pair => pair.Second is CName { Name: var handed } && handed == parameter.Name && parameters.Contains(callee.Name, pair.First.Name) && depth < MaximumDepth && ParameterValueOf(callee, pair.First) is CHolder));
        return isPointer || isHandedOn ? new CHolder() : Advice(parameter.IsUnsigned);
    }

    private CValue ParameterValueOf(CFunction function, CParameter parameter)
    {
        depth++;
        var value = ParameterValue(function, parameter);
        depth--;
        return value;
    }

    private CInteger Advice(bool isUnsigned) => new(advice, isUnsigned, IsAdvice: true);

    private CValue Run(CFunction function, CValue[] arguments)
    {
        if (depth >= MaximumDepth)
        {
            return CUnknown.Instance;
        }

        depth++;
        var environment = new CEnvironment();
        foreach (var (parameter, argument) in function.Parameters.Zip(arguments))
        {
            environment[parameter.Name] = argument is CInteger { IsAdvice: true } given ? given with { IsUnsigned = parameter.IsUnsigned } : argument;
        }

        var run = new LookupRun((expression, at) => Value(expression, at));
        run.Execute(function.Body, environment);
        depth--;
        return run.Answer;
    }

    private CValue Value(CExpression expression, CEnvironment at)
    {
        switch (expression)
        {
            case CNumberLiteral number:
                return new CInteger(number.Value, number.IsUnsigned);
            case CName name:
                return at[name.Name] ?? Global(name.Name);
            case CList list:
                return new CRecord(list);
            case CUnary unary:
                return OfUnary(unary, at);
            case CBinary binary:
                return OfBinary(binary, at);
            case CConditional conditional:
                return Value(conditional.Condition, at).Truth is { } truth ? Value(truth ? conditional.Then : conditional.Else, at)
                    : Value(conditional.Then, at) is var then && then.Equals(Value(conditional.Else, at)) ? then : CUnknown.Instance;
            case CAssignment assignment:
                return Assign(assignment, at);
            case CMember member:
                return Value(member.Target, at) switch
                {
                    CRecord record => Member(record, member.Field),
                    CHolder when parameters.IsField(member.Field) => Advice(isUnsigned: false),
                    CUndefined undefined => undefined,
                    _ => CUnknown.Instance,
                };
            case CIndex index:
                return (Value(index.Target, at), Value(index.Index, at)) switch
                {
                    (CArray array, CInteger number) => Element(array.Variable, number),
                    (_, CUndefined undefined) => undefined,
                    _ => CUnknown.Instance,
                };
            case CCall { Function: CName { Name: var callee } } call:
                return OfCall(callee, call, at);
            default:
                return CUnknown.Instance;
        }
    }

    private CValue Global(string name) =>
        name switch
        {
            "true" => new CInteger(1),
            "false" or "NULL" => new CInteger(0),
            _ when constants.TryGetValue(name, out var number) => new CInteger(number),
            _ when file.Enumerators.TryGetValue(name, out var number) => new CSymbol(name, number),
            _ when file.Variables.TryGetValue(name, out var variable) => variable.IsArray ? new CArray(variable) : variable.Value is CList list ? new CRecord(list) : CUnknown.Instance,
            _ when name.All(static c => char.IsUpper(c) || char.IsDigit(c) || c == '_') => new CSymbol(name, null),
            _ => CUnknown.Instance,
        };

    private CValue OfUnary(CUnary unary, CEnvironment at)
    {
        if (unary.Operator is "++" or "--")
        {
            Forget(unary.Operand, at);
            return CUnknown.Instance;
        }

        var operand = Value(unary.Operand, at);
        return (unary.Operator, operand) switch
        {
            (_, CUndefined undefined) => undefined,
            ("*", CHolder) => Advice(isUnsigned: false),
            ("&", CInteger { IsAdvice: true }) => new CHolder(),
            ("*" or "&", CRecord or CHolder) => operand,
            ("!", _) => operand.Truth is { } truth ? new CInteger(truth ? 0 : 1) : CUnknown.Instance,
            ("-", CInteger { IsAdvice: false } number) => number with { Number = -number.Number },
            ("-", CSymbol symbol) => new CSymbol("-" + symbol.Name, -symbol.Number),
            ("+", CInteger) => operand,
            _ => CUnknown.Instance,
        };
    }

    private CValue OfBinary(CBinary binary, CEnvironment at)
    {
        var left = Value(binary.Left, at);
        switch (binary.Operator)
        {
            case ",":
                return Value(binary.Right, at);
            case "&&" or "||":
                var isOr = binary.Operator == "||";
                if (left.Truth == isOr)
                {
                    return new CInteger(isOr ? 1 : 0);
                }

                // The right side is not evaluated on every path: what it changes would not be known.
                var right = Value(binary.Right, at);
                return left is CUndefined ? left : right is CUndefined ? right
                    : right.Truth == isOr ? new CInteger(isOr ? 1 : 0) : left.Truth is not null && right.Truth is not null ? new CInteger(isOr ? 0 : 1) : CUnknown.Instance;
        }

        return (left, Value(binary.Right, at)) switch
        {
            (CUndefined undefined, _) => undefined,
            (_, CUndefined undefined) => undefined,
            (CInteger a, CInteger b) => Compute(binary.Operator, a, b),
            (CSymbol { Number: { } a }, CSymbol { Number: { } b }) => Compute(binary.Operator, new CInteger(a), new CInteger(b)),
            (CSymbol a, CSymbol b) when binary.Operator is "==" or "!=" && a.Name == b.Name => new CInteger(binary.Operator == "==" ? 1 : 0),
            _ => CUnknown.Instance,
        };
    }

    private static CValue Compute(string @operator, CInteger a, CInteger b)
    {
        // A negative number is a large one where the other side is unsigned.
        var order = a.IsUnsigned || b.IsUnsigned ? unchecked((ulong)a.Number).CompareTo(unchecked((ulong)b.Number)) : a.Number.CompareTo(b.Number);
        bool? truth = @operator switch
        {
            "==" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            _ => null,
        };
        if (truth is { } known)
        {
            return new CInteger(known ? 1 : 0);
        }

        return a.IsAdvice || b.IsAdvice ? CUnknown.Instance : @operator switch
        {
            "+" => new CInteger(a.Number + b.Number),
            "-" => new CInteger(a.Number - b.Number),
            "|" => new CInteger(a.Number | b.Number),
            "&" => new CInteger(a.Number & b.Number),
            "<<" when b.Number is >= 0 and < 32 => new CInteger(a.Number << (int)b.Number),
            _ => CUnknown.Instance,
        };
    }

    private CValue OfCall(string callee, CCall call, CEnvironment at)
    {
        switch (callee, call.Arguments)
        {
            case ("IS_ENABLED" or "IS_BUILTIN", [CName option]):
                return new CInteger(isDefined(option.Name) ? 1 : 0);
            case ("ARRAY_SIZE", [CName array]):
                return file.Variables.GetValueOrDefault(array.Name) is { } variable && SizeOf(variable) is { } size ? new CInteger(size, IsUnsigned: true) : CUnknown.Instance;
            case ("array_index_nospec", [var index, var limit]):
                return (Value(index, at), Value(limit, at)) is (CInteger number, CInteger size2) ? number.Number >= 0 && number.Number < size2.Number ? number : new CInteger(0) : CUnknown.Instance;
            case ("READ_ONCE", [var read]):
                return Value(read, at);
            case ("likely" or "unlikely" or "WARN_ON" or "WARN_ON_ONCE", [var truth]):
                return Value(truth, at).Truth is { } known ? new CInteger(known ? 1 : 0) : CUnknown.Instance;
        }

        if (!file.Functions.TryGetValue(callee, out var function))
        {
            foreach (var argument in call.Arguments.OfType<CUnary>().Where(static argument => argument.Operator == "&"))
            {
                Forget(argument.Operand, at);
            }

            return CUnknown.Instance;
        }

        return Run(function, [.. call.Arguments.Select(argument => Value(argument, at))]);
    }

    private CValue Assign(CAssignment assignment, CEnvironment at)
    {
        var value = Value(assignment.Value, at);
        switch (assignment)
        {
            case { Operator: "=", Target: CName name }:
                at[name.Name] = value;
                break;
            case { Operator: "=", Target: CUnary { Operator: "*", Operand: CName } } when value is CInteger { IsAdvice: true }:
                // The advice clamped to what it was.
                break;
            default:
                Forget(assignment.Target, at);
                break;
        }

        return value;
    }

    private static void Forget(CExpression target, CEnvironment at)
    {
        if (target.DescendantsAndSelf().OfType<CName>().FirstOrDefault() is { } name)
        {
            at[name.Name] = CUnknown.Instance;
        }
    }
}
