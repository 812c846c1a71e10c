using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ClangSharp.Interop;
using Review.Core.Source;
using Review.Core.Syntax;
using static ClangSharp.Interop.CXCursorKind;

namespace Review.Clang;

/// <summary>Turns the body of one function into our tree: its statements. The expressions are in the other part.</summary>
internal sealed unsafe partial class FunctionReader
{
    private readonly SourceText text;
    private readonly TypeReader types;
    private readonly SymbolReader symbols;
    private readonly OriginReader origins;
    private readonly Dictionary<nint, LabelSymbol> labels = [];
    private readonly Dictionary<string, LabelSymbol?> labelsByName = [];
    private readonly Stack<CXCursor> blocks = new();
    private readonly Dictionary<nint, PrettyText.ForShape> forShapes = [];
    private readonly Dictionary<nint, PrettyText.AsmShape> asmShapes = [];
    private readonly Dictionary<nint, ImmutableArray<string>> genericTypes = [];

    public FunctionReader(SourceText text, TypeReader types, SymbolReader symbols, OriginReader origins)
    {
        this.text = text;
        this.types = types;
        this.symbols = symbols;
        this.origins = origins;
    }

    /// <summary>True if it has read the value of a constant variable at file level, which another file may give another value.</summary>
    public bool ReadsConstants { get; private set; }

    /// <summary>Reads a function with a body.</summary>
    /// <exception cref="NotUnderstoodException">It holds a construct that has no place in our tree.</exception>
    public FunctionDefinition ReadFunction(CXCursor function, TextSpan span, TextSpan nameSpan, ImmutableArray<MacroInvocation> macros, string? header = null)
    {
        origins.StayWith(function);
        try
        {
            return ReadWhole(function, span, nameSpan, macros, header);
        }
        finally
        {
            origins.Leave();
        }
    }

    private FunctionDefinition ReadWhole(CXCursor function, TextSpan span, TextSpan nameSpan, ImmutableArray<MacroInvocation> macros, string? header)
    {
        var parameters = ImmutableArray.CreateBuilder<VariableSymbol>();
        var count = clang.Cursor_getNumArguments(function);
        for (var i = 0; i < count; i++)
        {
            parameters.Add(symbols.ReadParameter(clang.Cursor_getArgument(function, (uint)i), i));
        }

        var body = Cursors.Children(function).Last(static child => child.kind == CXCursor_CompoundStmt);
        ReadHiddenParts(function, body);
        var block = (BlockStatement)ReadStatement(body);
        Node.Seal(block);
        return new FunctionDefinition((FunctionSymbol)symbols.Read(function), parameters.ToImmutable(), block, span, nameSpan, macros) { Header = header };
    }

    /// <summary>Reads the initial value of a variable at file level.</summary>
    public Expression ReadInitializer(CXCursor value)
    {
        var initializer = ReadExpression(value);
        Node.Seal(initializer);
        return initializer;
    }

    /// <summary>Pairs the nodes whose parts libclang hides with what clang's print says of them.</summary>
    private void ReadHiddenParts(CXCursor function, CXCursor body)
    {
        var cursors = Cursors.WithHiddenParts(body);
        foreach (var cursor in cursors.Where(static cursor => cursor.kind == CXCursor_LabelStmt))
        {
            var label = LabelOf(cursor);
            labelsByName[label.Name] = labelsByName.ContainsKey(label.Name) ? null : label;
        }

        if (Array.TrueForAll(cursors, static cursor => cursor.kind == CXCursor_LabelStmt))
        {
            return;
        }

        var policy = clang.getCursorPrintingPolicy(function);
        clang.PrintingPolicy_setProperty(policy, CXPrintingPolicyProperty.CXPrintingPolicy_Indentation, 0);
        var print = NativeText.Take(clang.getCursorPrettyPrinted(function, policy));
        clang.PrintingPolicy_dispose(policy);
        var shapes = PrettyText.Scan(print);
        if (!Pair(cursors, CXCursor_ForStmt, shapes.Fors, forShapes) || !Pair(cursors, CXCursor_AsmStmt, shapes.Asms, asmShapes))
        {
            throw new NotUnderstoodException("clang's print of the function has another number of loops or assembly statements than its tree");
        }

        // Few selections need the print; a function is given up only where one does.
        _ = Pair(cursors, CXCursor_GenericSelectionExpr, shapes.Generics, genericTypes);
    }

    /// <summary>Gives the n-th cursor of a kind the n-th shape; false, and nothing done, if there is not one for each.</summary>
    private static bool Pair<TShape>(CXCursor[] cursors, CXCursorKind kind, ImmutableArray<TShape> shapes, Dictionary<nint, TShape> byCursor)
    {
        var ofKind = Array.FindAll(cursors, cursor => cursor.kind == kind);
        if (ofKind.Length != shapes.Length)
        {
            return false;
        }

        for (var i = 0; i < ofKind.Length; i++)
        {
            byCursor[Cursors.StatementKey(ofKind[i])] = shapes[i];
        }

        return true;
    }

    private Statement ReadStatement(CXCursor cursor)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new NotUnderstoodException("statements are nested too deeply");
        }

        var kind = cursor.kind;
        var origin = origins.Read(cursor);
        if (IsExpression(cursor))
        {
            return new ExpressionStatement(origin, ReadExpression(cursor));
        }

        var children = Cursors.Children(cursor);
        switch (kind)
        {
            case CXCursor_CompoundStmt:
            {
                var statements = ImmutableArray.CreateBuilder<Statement>(children.Length);
                blocks.Push(cursor);
                foreach (var child in children)
                {
                    if (child.kind == CXCursor_DeclStmt)
                    {
                        statements.AddRange(ReadDeclarations(child));
                    }
                    else
                    {
                        statements.Add(ReadStatement(child));
                    }
                }

                _ = blocks.Pop();
                return new BlockStatement(origin, statements.ToImmutable());
            }

            case CXCursor_DeclStmt:
            {
                var declarations = ReadDeclarations(cursor);
                return declarations is [var single] ? single : new BlockStatement(origin, [.. declarations]);
            }

            case CXCursor_NullStmt:
                return new EmptyStatement(origin, isFallthrough: false);
            case CXCursor_UnexposedStmt when children is [var only] && only.kind == CXCursor_NullStmt && origins.FirstWord(cursor) == "__attribute__":
                return new EmptyStatement(origin, isFallthrough: true);
            case CXCursor_IfStmt when children.Length is 2 or 3:
                return new IfStatement(origin, ReadExpression(children[0]), ReadStatement(children[1]), children.Length == 3 ? ReadStatement(children[2]) : null);
            case CXCursor_WhileStmt when children.Length == 2:
                return new WhileStatement(origin, ReadExpression(children[0]), ReadStatement(children[1]));
            case CXCursor_DoStmt when children.Length == 2:
                return new DoStatement(origin, ReadStatement(children[0]), ReadExpression(children[1]));
            case CXCursor_ForStmt:
                return ReadFor(cursor, origin, children);
            case CXCursor_SwitchStmt when children.Length == 2:
                return new SwitchStatement(origin, ReadExpression(children[0]), ReadStatement(children[1]));
            case CXCursor_CaseStmt when children.Length is 2 or 3:
                return ReadCase(origin, children);
            case CXCursor_DefaultStmt when children.Length == 1:
                return new DefaultLabel(origin, ReadStatement(children[0]));
            case CXCursor_LabelStmt when children.Length == 1:
                return new LabelStatement(origin, LabelOf(cursor), ReadStatement(children[0]));
            case CXCursor_GotoStmt when children is [var target]:
                return new GotoStatement(origin, LabelOf(clang.getCursorReferenced(target)));
            case CXCursor_IndirectGotoStmt when children is [var target]:
                return new IndirectGotoStatement(origin, ReadExpression(target));
            case CXCursor_ReturnStmt when children.Length <= 1:
                return new ReturnStatement(origin, children.Length == 1 ? ReadExpression(children[0]) : null);
            case CXCursor_BreakStmt:
                return new BreakStatement(origin);
            case CXCursor_ContinueStmt:
                return new ContinueStatement(origin);
            case CXCursor_AsmStmt:
                return ReadAsm(cursor, origin, children);
            default:
                throw new NotUnderstoodException($"a statement of clang's kind {(int)kind} with {children.Length} children is not known");
        }
    }

    private List<Statement> ReadDeclarations(CXCursor cursor)
    {
        var result = new List<Statement>();
        foreach (var child in Cursors.Children(cursor))
        {
            switch (child.kind)
            {
                case CXCursor_VarDecl:
                {
                    var symbol = (VariableSymbol)symbols.Read(child);
                    var initializer = clang.Cursor_getVarDeclInitializer(child);
                    result.Add(new LocalDeclaration(origins.Read(child), symbol, clang.Cursor_isNull(initializer) != 0 ? null : ReadExpression(initializer)));
                    break;
                }

                case CXCursor_FunctionDecl or CXCursor_StructDecl or CXCursor_UnionDecl or CXCursor_EnumDecl or CXCursor_TypedefDecl or CXCursor_StaticAssert or CXCursor_UnexposedDecl:
                    break;
                default:
                    throw new NotUnderstoodException($"a declaration of clang's kind {(int)child.kind} is not known");
            }
        }

        return result;
    }

    private ForStatement ReadFor(CXCursor cursor, Origin origin, CXCursor[] children)
    {
        var shape = forShapes[Cursors.StatementKey(cursor)];
        if (shape.Count + 1 != children.Length)
        {
            throw new NotUnderstoodException("the parts of a for statement do not match clang's print");
        }

        var next = 0;
        ImmutableArray<Statement> initializers = [];
        if (shape.HasInitializer)
        {
            var child = children[next++];
            initializers = child.kind == CXCursor_DeclStmt ? [.. ReadDeclarations(child)] : [ReadStatement(child)];
        }

        var condition = shape.HasCondition ? ReadExpression(children[next++]) : null;
        var increment = shape.HasIncrement ? ReadExpression(children[next++]) : null;
        return new ForStatement(origin, initializers, condition, increment, ReadStatement(children[next]));
    }

    private CaseLabel ReadCase(Origin origin, CXCursor[] children)
    {
        var value = ReadExpression(children[0]);
        var upper = children.Length == 3 ? ReadExpression(children[1]) : null;
        var low = value.Constant ?? throw new NotUnderstoodException("the value of a case label is not known");
        var high = upper is null ? low : upper.Constant ?? throw new NotUnderstoodException("the upper value of a case range is not known");
        var name = value.Unwrapped is NameExpression { Symbol: EnumeratorSymbol enumerator } ? enumerator.Name : text.Slice(value.Span);
        return new CaseLabel(origin, value, upper, low, high, name, ReadStatement(children[^1]));
    }

    private AsmStatement ReadAsm(CXCursor cursor, Origin origin, CXCursor[] children)
    {
        var shape = asmShapes[Cursors.StatementKey(cursor)];
        var operands = Array.FindAll(children, IsExpression);
        if (operands.Length != shape.Outputs.Length + shape.Inputs.Length)
        {
            throw new NotUnderstoodException("the operands of an assembly statement do not match clang's print");
        }

        AsmOperand Operand(string constraint, int index) => new(constraint, ReadExpression(operands[index]));
        return new AsmStatement(
            origin,
            shape.Template,
            [.. shape.Outputs.Select(Operand)],
            [.. shape.Inputs.Select((constraint, i) => Operand(constraint, shape.Outputs.Length + i))],
            shape.Clobbers,
            [.. shape.Labels.Select(LabelNamed)]);
    }

    private LabelSymbol LabelOf(CXCursor label)
    {
        var key = Cursors.StatementKey(label);
        if (!labels.TryGetValue(key, out var symbol))
        {
            labels[key] = symbol = new LabelSymbol(Cursors.Spelling(label));
        }

        return symbol;
    }

    /// <summary>
    /// A label that assembly jumps to, which is known by name only. Macros give several labels one name, each
    /// local to a block: then it is the one in the innermost block around the assembly that has it.
    /// </summary>
    private LabelSymbol LabelNamed(string name)
    {
        if (labelsByName.GetValueOrDefault(name) is { } only)
        {
            return only;
        }

        foreach (var block in blocks)
        {
            var named = Array.FindAll(Cursors.WithHiddenParts(block), cursor => cursor.kind == CXCursor_LabelStmt && Cursors.Spelling(cursor) == name);
            if (named is [var label])
            {
                return LabelOf(label);
            }

            if (named.Length > 1)
            {
                break;
            }
        }

        throw new NotUnderstoodException($"assembly jumps to label {name}, which is not known or not the only one of its name");
    }
}
