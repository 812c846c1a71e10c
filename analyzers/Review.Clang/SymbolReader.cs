using System.Runtime.InteropServices;
using ClangSharp.Interop;
using Review.Core.Source;
using Review.Core.Syntax;
using static ClangSharp.Interop.CXCursorKind;

namespace Review.Clang;

/// <summary>Turns clang's declarations into symbols; one symbol per declaration, redeclarations included.</summary>
/// <param name="types">Turns their types into ours.</param>
/// <param name="spanInFile">The extent of a declaration, if it stands in the file.</param>
/// <param name="share">Finds the symbol of a declaration that is not local to a function where others have it already, or makes it; null if nobody else does.</param>
internal sealed unsafe class SymbolReader(TypeReader types, Func<CXCursor, TextSpan> spanInFile, Func<CXCursor, Func<CXCursor, Symbol>, Symbol>? share = null)
{
    private readonly Dictionary<nint, Symbol> symbols = [];
    private readonly Queue<CXCursor> functions = new();

    /// <summary>The functions that were named since somebody asked last, in the order in which they were.</summary>
    public bool TryTakeFunction(out CXCursor function) => functions.TryDequeue(out function);

    /// <summary>The declarations that were named so far, and the structures that variables among them are made of.</summary>
    public List<CXCursor> Declarations { get; } = [];

    public Symbol Read(CXCursor declaration)
    {
        var canonical = clang.getCanonicalCursor(declaration);
        var key = Cursors.DeclarationKey(canonical);
        if (!symbols.TryGetValue(key, out var symbol))
        {
            symbol = share is null || IsLocal(canonical) ? Create(canonical) : share(canonical, Create);
            if (canonical.kind == CXCursor_FunctionDecl)
            {
                functions.Enqueue(canonical);
            }

            Declarations.Add(canonical);
            if (canonical.kind == CXCursor_VarDecl && clang.getCursorDefinition(clang.getTypeDeclaration(clang.getCanonicalType(clang.getCursorType(canonical)))) is { kind: CXCursor_StructDecl or CXCursor_UnionDecl } record)
            {
                Declarations.Add(record);
            }
            symbols[key] = symbol;
        }

        return symbol;
    }

    /// <summary>The symbol of a parameter, which has to be read before the body that uses it.</summary>
    public VariableSymbol ReadParameter(CXCursor declaration, int ordinal)
    {
        var canonical = clang.getCanonicalCursor(declaration);
        var symbol = new VariableSymbol(
            Cursors.Spelling(declaration), types.Read(clang.getCursorType(declaration)), VariableKind.Parameter, spanInFile(declaration), ordinal);
        symbols[Cursors.DeclarationKey(canonical)] = symbol;
        return symbol;
    }

    private Symbol Create(CXCursor declaration)
    {
        var name = Cursors.Spelling(declaration);
        var kind = declaration.kind;
        var type = types.Read(clang.getCursorType(declaration));
        switch (kind)
        {
            case CXCursor_ParmDecl:
                return new VariableSymbol(name, type, VariableKind.Parameter, spanInFile(declaration), -1);
            case CXCursor_VarDecl:
                return new VariableSymbol(name, type, KindOf(declaration), spanInFile(declaration), -1);
            case CXCursor_FunctionDecl:
                return new FunctionSymbol(
                    name, type, clang.Cursor_getStorageClass(declaration) == CX_StorageClass.CX_SC_Static, clang.Cursor_isFunctionInlined(declaration) != 0);
            case CXCursor_EnumConstantDecl:
                return new EnumeratorSymbol(name, type, clang.getEnumConstantDeclValue(declaration));
            case CXCursor_FieldDecl:
                return ReadField(declaration, name, type);
            default:
                throw new NotUnderstoodException($"a name refers to a declaration of kind {(int)kind}");
        }
    }

    private static bool IsLocal(CXCursor declaration) => declaration.kind == CXCursor_ParmDecl || (declaration.kind == CXCursor_VarDecl && KindOf(declaration) is VariableKind.Local or VariableKind.StaticLocal);

    private static VariableKind KindOf(CXCursor variable)
    {
        var isInFunction = clang.getCursorSemanticParent(variable).kind == CXCursor_FunctionDecl;
        return clang.Cursor_getStorageClass(variable) switch
        {
            CX_StorageClass.CX_SC_Static when isInFunction => VariableKind.StaticLocal,
            CX_StorageClass.CX_SC_Extern => VariableKind.Global,
            _ when isInFunction => VariableKind.Local,
            _ => VariableKind.Global,
        };
    }

    /// <summary>Members of anonymous records are members of the record around them, as C has it.</summary>
    private static FieldSymbol ReadField(CXCursor field, string name, CType type)
    {
        var record = clang.getCursorSemanticParent(field);
        while (clang.Cursor_isAnonymousRecordDecl(record) != 0)
        {
            record = clang.getCursorSemanticParent(record);
        }

        var text = NativeText.Copy(name);
        var offset = clang.Type_getOffsetOf(clang.getCursorType(record), text);
        NativeMemory.Free(text);
        return new FieldSymbol(name, type, TypeReader.NameOf(record), offset, clang.Cursor_isBitField(field) != 0 ? clang.getFieldDeclBitWidth(field) : 0);
    }
}
