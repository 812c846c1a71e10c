using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ClangSharp.Interop;
using Review.Core.Source;
using Review.Core.Syntax;
using static ClangSharp.Interop.CXCursorKind;

namespace Review.Clang;

/// <summary>The expressions of a function.</summary>
internal sealed unsafe partial class FunctionReader
{
    /// <summary>Reads an expression; <paramref name="isRead"/> says that its value is loaded where it stands.</summary>
    private Expression ReadExpression(CXCursor cursor, bool isRead = false)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new NotUnderstoodException("expressions are nested too deeply");
        }

        var kind = cursor.kind;
        if (kind == CXCursor_ParenExpr)
        {
            return ReadExpression(Cursors.Children(cursor)[^1], isRead);
        }

        // An extent is as dear as everything else of a node together; in headers only the nodes without a name need theirs.
        var extent = origins.IsElsewhere && kind != CXCursor_UnexposedExpr ? default : clang.getCursorExtent(cursor);
        var origin = origins.Read(extent);
        var type = types.Read(clang.getCursorType(cursor));
        switch (kind)
        {
            case CXCursor_IntegerLiteral or CXCursor_CharacterLiteral:
                return new LiteralExpression(origin, type) { Constant = Evaluate(cursor, type) };
            case CXCursor_FloatingLiteral:
                return new LiteralExpression(origin, type);
            case CXCursor_StringLiteral:
                return new StringExpression(origin, type, Cursors.Spelling(cursor));
            case CXCursor_DeclRefExpr:
            {
                var symbol = symbols.Read(clang.getCursorReferenced(cursor));
                var isConstant = isRead && clang.isConstQualifiedType(clang.getCursorType(cursor)) != 0;
                ReadsConstants |= isConstant && symbol is VariableSymbol { Kind: VariableKind.Global };
                var value = symbol is EnumeratorSymbol enumerator ? enumerator.Value : isConstant ? Evaluate(cursor, type) : null;
                return new NameExpression(origin, type, symbol) { IsRead = isRead, Constant = value };
            }
        }

        var children = Operands(cursor);
        switch (kind)
        {
            case CXCursor_MemberRefExpr when children.Length == 1:
                return ReadMember(cursor, origin, type, children[0], isRead);
            case CXCursor_ArraySubscriptExpr when children.Length == 2:
                return new IndexExpression(origin, type, ReadExpression(children[0]), ReadExpression(children[1])) { IsRead = isRead };
            case CXCursor_CallExpr when children.Length > 0:
                return ReadCall(cursor, origin, type, children);
            case CXCursor_UnaryOperator when children.Length == 1:
                return ReadUnary(cursor, origin, type, children[0], isRead);
            case CXCursor_BinaryOperator or CXCursor_CompoundAssignOperator when children.Length == 2:
                return ReadBinary(cursor, origin, type, children);
            case CXCursor_ConditionalOperator when children.Length == 3:
            {
                var condition = ReadExpression(children[0]);
                return new ConditionalExpression(origin, type, condition, ReadExpression(children[1]), ReadExpression(children[2]))
                {
                    Constant = MayFold(condition) ? Evaluate(cursor, type) : null,
                };
            }

            case CXCursor_CStyleCastExpr when children.Length > 0:
            {
                var operand = ReadExpression(children[^1]);
                return new CastExpression(origin, type, CastKind.Explicit, operand) { Constant = type.Canonical is PointerType ? operand.Constant : MayFold(operand) ? Evaluate(cursor, type) : null };
            }

            case CXCursor_CompoundLiteralExpr when children.Length > 0:
                return new CompoundLiteral(origin, type, ReadExpression(children[^1])) { IsRead = isRead };
            case CXCursor_InitListExpr:
                return new InitializerList(origin, type, [.. children.Select(ReadElement)]) { Members = MembersOf(type, cursor) };
            case CXCursor_StmtExpr when children.Length == 1:
                return new StatementExpression(origin, type, (BlockStatement)ReadStatement(children[0])) { Constant = Evaluate(cursor, type) };
            case CXCursor_GenericSelectionExpr:
                return new ChosenExpression(origin, type, ReadExpression(ChosenArm(cursor, children), isRead)) { Constant = Evaluate(cursor, type) };
            case CXCursor_UnaryExpr:
                return ReadSizeOf(cursor, origin, type);
            case CXCursor_AddrLabelExpr:
                return new LabelAddressExpression(origin, type, LabelOf(clang.getCursorReferenced(Cursors.Children(cursor)[0])));
            case CXCursor_UnexposedExpr:
                return ReadUnexposed(cursor, extent, origin, type, children, isRead);
            default:
                throw new NotUnderstoodException($"an expression of clang's kind {(int)kind} with {children.Length} operands is not known");
        }
    }

    /// <summary>The children that are code: no references to types, members and labels, no attributes, no declarations.</summary>
    private static CXCursor[] Operands(CXCursor cursor)
    {
        var children = Cursors.Children(cursor);
        return Array.TrueForAll(children, IsCode) ? children : Array.FindAll(children, IsCode);
    }

    private static bool IsCode(CXCursor cursor) => IsExpression(cursor) || clang.isStatement(cursor.kind) != 0;

    private static bool IsExpression(CXCursor cursor) => cursor.kind is >= CXCursor_FirstExpr and <= CXCursor_LastExpr;

    private MemberExpression ReadMember(CXCursor cursor, Origin origin, CType type, CXCursor target, bool isRead)
    {
        // A member of an anonymous record is shown with one extra unnamed member expression around its target.
        while (target.kind == CXCursor_MemberRefExpr
            && IsAnonymousRecord(clang.getCursorType(target)))
        {
            target = Operands(target)[0];
        }

        var field = symbols.Read(clang.getCursorReferenced(cursor)) as FieldSymbol
            ?? throw new NotUnderstoodException("a member expression does not name a field");
        var read = ReadExpression(target);
        return new MemberExpression(origin, type, read, field, read.Type.Canonical is PointerType) { IsRead = isRead };
    }

    private static bool IsAnonymousRecord(CXType type) => clang.Cursor_isAnonymousRecordDecl(clang.getTypeDeclaration(clang.getCanonicalType(type))) != 0;

    private Expression ReadCall(CXCursor cursor, Origin origin, CType type, CXCursor[] children)
    {
        var callee = ReadExpression(children[0]);
        if (callee.Unwrapped is NameExpression { Symbol.Name: "__builtin_constant_p" })
        {
            return new UnevaluatedExpression(origin, type, UnevaluatedKind.ConstantP) { Constant = Evaluate(cursor, type) };
        }

        var isBuiltin = callee.Unwrapped is NameExpression { Symbol: FunctionSymbol function } && function.Name.StartsWith("__builtin_", StringComparison.Ordinal);
        return new CallExpression(origin, type, callee, [.. children.Skip(1).Select(argument => ReadExpression(argument))])
        {
            Constant = isBuiltin ? Evaluate(cursor, type) : null,
        };
    }

    private UnaryExpression ReadUnary(CXCursor cursor, Origin origin, CType type, CXCursor child, bool isRead)
    {
        var @operator = clang.getCursorUnaryOperatorKind(cursor) switch
        {
            CXUnaryOperatorKind.CXUnaryOperator_PostInc => UnaryOperator.PostIncrement,
            CXUnaryOperatorKind.CXUnaryOperator_PostDec => UnaryOperator.PostDecrement,
            CXUnaryOperatorKind.CXUnaryOperator_PreInc => UnaryOperator.PreIncrement,
            CXUnaryOperatorKind.CXUnaryOperator_PreDec => UnaryOperator.PreDecrement,
            CXUnaryOperatorKind.CXUnaryOperator_AddrOf => UnaryOperator.AddressOf,
            CXUnaryOperatorKind.CXUnaryOperator_Deref => UnaryOperator.Dereference,
            CXUnaryOperatorKind.CXUnaryOperator_Plus => UnaryOperator.Plus,
            CXUnaryOperatorKind.CXUnaryOperator_Minus => UnaryOperator.Minus,
            CXUnaryOperatorKind.CXUnaryOperator_Not => UnaryOperator.BitwiseNot,
            CXUnaryOperatorKind.CXUnaryOperator_LNot => UnaryOperator.LogicalNot,
            CXUnaryOperatorKind.CXUnaryOperator_Real => UnaryOperator.Real,
            CXUnaryOperatorKind.CXUnaryOperator_Imag => UnaryOperator.Imaginary,
            CXUnaryOperatorKind.CXUnaryOperator_Extension => UnaryOperator.Extension,
            var other => throw new NotUnderstoodException($"unary operator {(int)other} is not known"),
        };
        var operand = ReadExpression(child);
        var mayBeConstant = @operator is UnaryOperator.Plus or UnaryOperator.Minus or UnaryOperator.BitwiseNot or UnaryOperator.LogicalNot or UnaryOperator.Extension;
        return new UnaryExpression(origin, type, @operator, operand) { IsRead = isRead, Constant = mayBeConstant && MayFold(operand) ? Evaluate(cursor, type) : null };
    }

    private Expression ReadBinary(CXCursor cursor, Origin origin, CType type, CXCursor[] children)
    {
        var left = ReadExpression(children[0]);
        var right = ReadExpression(children[1]);
        switch (clang.getCursorBinaryOperatorKind(cursor))
        {
            case CXBinaryOperatorKind.CXBinaryOperator_Assign:
                return new AssignmentExpression(origin, type, left, null, right);
            case CXBinaryOperatorKind.CXBinaryOperator_MulAssign:
                return new AssignmentExpression(origin, type, left, BinaryOperator.Multiply, right);
            case CXBinaryOperatorKind.CXBinaryOperator_DivAssign:
                return new AssignmentExpression(origin, type, left, BinaryOperator.Divide, right);
            case CXBinaryOperatorKind.CXBinaryOperator_RemAssign:
                return new AssignmentExpression(origin, type, left, BinaryOperator.Remainder, right);
            case CXBinaryOperatorKind.CXBinaryOperator_AddAssign:
                return new AssignmentExpression(origin, type, left, BinaryOperator.Add, right);
            case CXBinaryOperatorKind.CXBinaryOperator_SubAssign:
                return new AssignmentExpression(origin, type, left, BinaryOperator.Subtract, right);
            case CXBinaryOperatorKind.CXBinaryOperator_ShlAssign:
                return new AssignmentExpression(origin, type, left, BinaryOperator.ShiftLeft, right);
            case CXBinaryOperatorKind.CXBinaryOperator_ShrAssign:
                return new AssignmentExpression(origin, type, left, BinaryOperator.ShiftRight, right);
            case CXBinaryOperatorKind.CXBinaryOperator_AndAssign:
                return new AssignmentExpression(origin, type, left, BinaryOperator.BitwiseAnd, right);
            case CXBinaryOperatorKind.CXBinaryOperator_XorAssign:
                return new AssignmentExpression(origin, type, left, BinaryOperator.BitwiseXor, right);
            case CXBinaryOperatorKind.CXBinaryOperator_OrAssign:
                return new AssignmentExpression(origin, type, left, BinaryOperator.BitwiseOr, right);
        }

        var @operator = clang.getCursorBinaryOperatorKind(cursor) switch
        {
            CXBinaryOperatorKind.CXBinaryOperator_Mul => BinaryOperator.Multiply,
            CXBinaryOperatorKind.CXBinaryOperator_Div => BinaryOperator.Divide,
            CXBinaryOperatorKind.CXBinaryOperator_Rem => BinaryOperator.Remainder,
            CXBinaryOperatorKind.CXBinaryOperator_Add => BinaryOperator.Add,
            CXBinaryOperatorKind.CXBinaryOperator_Sub => BinaryOperator.Subtract,
            CXBinaryOperatorKind.CXBinaryOperator_Shl => BinaryOperator.ShiftLeft,
            CXBinaryOperatorKind.CXBinaryOperator_Shr => BinaryOperator.ShiftRight,
            CXBinaryOperatorKind.CXBinaryOperator_LT => BinaryOperator.Less,
            CXBinaryOperatorKind.CXBinaryOperator_GT => BinaryOperator.Greater,
            CXBinaryOperatorKind.CXBinaryOperator_LE => BinaryOperator.LessOrEqual,
            CXBinaryOperatorKind.CXBinaryOperator_GE => BinaryOperator.GreaterOrEqual,
            CXBinaryOperatorKind.CXBinaryOperator_EQ => BinaryOperator.Equal,
            CXBinaryOperatorKind.CXBinaryOperator_NE => BinaryOperator.NotEqual,
            CXBinaryOperatorKind.CXBinaryOperator_And => BinaryOperator.BitwiseAnd,
            CXBinaryOperatorKind.CXBinaryOperator_Xor => BinaryOperator.BitwiseXor,
            CXBinaryOperatorKind.CXBinaryOperator_Or => BinaryOperator.BitwiseOr,
            CXBinaryOperatorKind.CXBinaryOperator_LAnd => BinaryOperator.LogicalAnd,
            CXBinaryOperatorKind.CXBinaryOperator_LOr => BinaryOperator.LogicalOr,
            CXBinaryOperatorKind.CXBinaryOperator_Comma => BinaryOperator.Comma,
            var other => throw new NotUnderstoodException($"binary operator {(int)other} is not known"),
        };
        var mayBeConstant = @operator switch
        {
            BinaryOperator.Comma => false,
            BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr => MayFold(left) || MayFold(right),
            _ => MayFold(left) && MayFold(right),
        };
        return new BinaryExpression(origin, type, @operator, left, right) { Constant = mayBeConstant ? Evaluate(cursor, type) : null };
    }

    /// <summary>The members that elements by position fill.</summary>
    private ImmutableArray<FieldSymbol> MembersOf(CType type, CXCursor list)
    {
        if (type.Canonical is not RecordType)
        {
            return [];
        }

        var declaration = clang.getTypeDeclaration(clang.getCanonicalType(clang.getCursorType(list)));
        var fields = Array.FindAll(Cursors.Children(declaration), static child => child.kind == CXCursor_FieldDecl);
        return Array.TrueForAll(fields, static field => !IsAnonymousRecord(clang.getCursorType(field))) ? [.. fields.Select(field => (FieldSymbol)symbols.Read(field))] : [];
    }

    private InitializerElement ReadElement(CXCursor cursor)
    {
        if (cursor.kind != CXCursor_UnexposedExpr || clang.getCursorType(cursor).kind != CXTypeKind.CXType_Void)
        {
            return new InitializerElement([], ReadExpression(cursor));
        }

        // A designated element: member references (of anonymous records too) and index expressions, then the value.
        var parts = Cursors.Children(cursor);
        var designators = ImmutableArray.CreateBuilder<Designator>();
        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (parts[i].kind == CXCursor_MemberRef)
            {
                var field = clang.getCursorReferenced(parts[i]);
                if (!IsAnonymousRecord(clang.getCursorType(field)))
                {
                    designators.Add(new Designator((FieldSymbol)symbols.Read(field), 0, 0));
                }

                continue;
            }

            var low = ReadExpression(parts[i]);
            var high = low;
            if (i + 1 < parts.Length - 1 && parts[i + 1].kind != CXCursor_MemberRef && IsRange(parts[i], parts[i + 1]))
            {
                high = ReadExpression(parts[++i]);
            }

            designators.Add(new Designator(null, ValueOf(low), ValueOf(high)));
        }

        return new InitializerElement(designators.ToImmutable(), ReadExpression(parts[^1]));

        static long ValueOf(Expression index) => index.Constant ?? throw new NotUnderstoodException("the index of a designated initializer is not constant");
    }

    /// <summary>
    /// True for <c>[low ... high]</c>, false for <c>[one][other]</c>: libclang shows both as two expressions, and only the text between them tells. Where a macro
    /// makes them the text is not at hand; macros of the kernel fill arrays so, from 0 on (NODE_MASK_NONE, CPU_BITS_ALL).
    /// </summary>
    private bool IsRange(CXCursor first, CXCursor second)
    {
        var between = origins.TextBetween(first, second);
        if (between.Contains("...", StringComparison.Ordinal))
        {
            return true;
        }

        var isNext = between.Contains(']', StringComparison.Ordinal);
        return isNext || ReadExpression(first).Constant == 0 ? !isNext : throw new NotUnderstoodException("the designators of an initializer are made by a macro");
    }

    private UnevaluatedExpression ReadSizeOf(CXCursor cursor, Origin origin, CType type)
    {
        var kind = origins.FirstWord(cursor) switch
        {
            "sizeof" => UnevaluatedKind.SizeOf,
            "_Alignof" or "__alignof__" or "__alignof" or "alignof" => UnevaluatedKind.AlignOf,
            var token => throw new NotUnderstoodException($"a unary expression starts with {token}"),
        };
        return new UnevaluatedExpression(origin, type, kind) { Constant = Evaluate(cursor, type) };
    }

    /// <summary>Reads the nodes that libclang does not name; their shape or first token tells what they are.</summary>
    private Expression ReadUnexposed(CXCursor cursor, CXSourceRange extent, Origin origin, CType type, CXCursor[] children, bool isRead)
    {
        if (children is [var only] && clang.equalRanges(extent, clang.getCursorExtent(only)) != 0)
        {
            return only.kind == CXCursor_StringLiteral && type.Canonical is ArrayType
                ? new StringExpression(origin, type, Cursors.Spelling(only))
                : ReadConversion(cursor, origin, type, only, isRead);
        }

        if (IsElvis(children))
        {
            var condition = ReadExpression(children[0]);
            return new ConditionalExpression(origin, type, condition, null, ReadExpression(children[3])) { Constant = MayFold(condition) ? Evaluate(cursor, type) : null };
        }

        var token = origins.FirstWord(cursor);
        switch (token)
        {
            case "__builtin_offsetof":
                return new UnevaluatedExpression(origin, type, UnevaluatedKind.OffsetOf) { Constant = Evaluate(cursor, type) };
            case "__builtin_types_compatible_p":
                return new UnevaluatedExpression(origin, type, UnevaluatedKind.TypesCompatible) { Constant = Evaluate(cursor, type) };
            case "__builtin_choose_expr" when children.Length == 3:
            {
                var condition = Evaluate(children[0], types.Read(clang.getCursorType(children[0])))
                    ?? throw new NotUnderstoodException("the condition of __builtin_choose_expr is not known");
                return new ChosenExpression(origin, type, ReadExpression(children[condition != 0 ? 1 : 2], isRead)) { Constant = Evaluate(cursor, type) };
            }

            case "__builtin_va_arg":
                return new BuiltinExpression(origin, type, token, [.. children.Select(child => ReadExpression(child))]);
            default:
                if (token.StartsWith("__atomic_", StringComparison.Ordinal) || token.StartsWith("__c11_atomic_", StringComparison.Ordinal))
                {
                    return new BuiltinExpression(origin, type, token, [.. children.Select(child => ReadExpression(child))]);
                }

                throw new NotUnderstoodException($"an expression that starts with '{token}' and has {children.Length} operands is not known to libclang");
        }
    }

    /// <summary>True for the operands of <c>a ?: b</c>, which clang shows as a, a, a, b.</summary>
    private static bool IsElvis(CXCursor[] children) => children.Length == 4 && clang.equalCursors(children[0], children[1]) != 0;

    private Expression ReadConversion(CXCursor cursor, Origin origin, CType type, CXCursor child, bool isRead)
    {
        var from = clang.getCanonicalType(clang.getCursorType(child));
        var to = clang.getCanonicalType(clang.getCursorType(cursor));
        if (clang.equalTypes(clang.getUnqualifiedType(from), clang.getUnqualifiedType(to)) != 0)
        {
            // Loading a value, or dropping a qualifier of one.
            return ReadExpression(child, isRead: true);
        }

        var operand = ReadExpression(child, isRead);
        var kind = (operand.Type.Canonical, type.Canonical) switch
        {
            (ArrayType or FunctionType, PointerType) => CastKind.Decay,
            (PointerType, PointerType) => CastKind.Pointer,
            (not PointerType, PointerType) => CastKind.NullPointer,
            (_, VoidType) => CastKind.Qualification,
            _ => CastKind.Arithmetic,
        };
        var constant = kind == CastKind.NullPointer ? operand.Constant : kind == CastKind.Arithmetic && MayFold(operand) ? Evaluate(cursor, type) : null;
        return new CastExpression(origin, type, kind, operand) { Constant = constant };
    }

    /// <summary>
    /// False for an operand that makes its operator's value unknown. Asking clang at every level of a deep expression would take quadratic
    /// time; of operands that are no integers, such as addresses, only clang knows.
    /// </summary>
    private static bool MayFold(Expression operand) => operand.Constant is not null || operand.Type.Canonical is not (IntegerType or EnumType);

    /// <summary>
    /// The value of an expression that clang can fold. Only asked for integers: libclang crashes on some nodes that have other types.
    /// </summary>
    private static long? Evaluate(CXCursor cursor, CType type)
    {
        if (type.Canonical is not (IntegerType or EnumType) || type.Size > sizeof(long))
        {
            return null;
        }

        var result = clang.Cursor_Evaluate(cursor);
        if (result is null)
        {
            return null;
        }

        long? value = clang.EvalResult_getKind(result) != CXEvalResultKind.CXEval_Int ? null
            : clang.EvalResult_isUnsignedInt(result) != 0 ? unchecked((long)clang.EvalResult_getAsUnsigned(result))
            : clang.EvalResult_getAsLongLong(result);
        clang.EvalResult_dispose(result);
        return value;
    }
}
