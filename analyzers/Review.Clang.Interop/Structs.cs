using System.Runtime.CompilerServices;

namespace ClangSharp.Interop;

/// <summary>A node of the tree: 32 bytes, passed by value.</summary>
public struct CXCursor
{
    public CXCursorKind kind;
    public int xdata;
    public _data_e__FixedBuffer data;

    public unsafe struct _data_e__FixedBuffer
    {
        public void* e0;
        public void* e1;
        public void* e2;

        public ref void* this[int index]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                fixed (void** first = &e0)
                {
                    return ref first[index];
                }
            }
        }
    }
}

/// <summary>The type of a node: 24 bytes, passed by value.</summary>
public struct CXType
{
    public CXTypeKind kind;
    public _data_e__FixedBuffer data;

    public unsafe struct _data_e__FixedBuffer
    {
        public void* e0;
        public void* e1;

        public ref void* this[int index]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                fixed (void** first = &e0)
                {
                    return ref first[index];
                }
            }
        }
    }
}

/// <summary>A place in the source: 24 bytes, passed by value.</summary>
public struct CXSourceLocation
{
    public _ptr_data_e__FixedBuffer ptr_data;
    public uint int_data;

    public unsafe struct _ptr_data_e__FixedBuffer
    {
        public void* e0;
        public void* e1;

        public ref void* this[int index]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                fixed (void** first = &e0)
                {
                    return ref first[index];
                }
            }
        }
    }
}

/// <summary>A half-open range of the source: 24 bytes, passed by value.</summary>
public struct CXSourceRange
{
    public _ptr_data_e__FixedBuffer ptr_data;
    public uint begin_int_data;
    public uint end_int_data;

    public unsafe struct _ptr_data_e__FixedBuffer
    {
        public void* e0;
        public void* e1;

        public ref void* this[int index]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                fixed (void** first = &e0)
                {
                    return ref first[index];
                }
            }
        }
    }
}

/// <summary>Ranges that the library allocated; given back with disposeSourceRangeList.</summary>
public unsafe struct CXSourceRangeList
{
    public uint count;
    public CXSourceRange* ranges;
}

/// <summary>A token of the source text: 24 bytes, passed by value.</summary>
public unsafe struct CXToken
{
    public _int_data_e__FixedBuffer int_data;
    public void* ptr_data;

    [InlineArray(4)]
    public struct _int_data_e__FixedBuffer
    {
        public uint e0;
    }
}

/// <summary>A string that the library allocated; its characters die with disposeString.</summary>
public unsafe struct CXString
{
    public void* data;
    public uint private_flags;
}

/// <summary>A file given in memory instead of on disk; <see cref="Length"/> is in bytes.</summary>
public unsafe struct CXUnsavedFile
{
    public sbyte* Filename;
    public sbyte* Contents;
    public nuint Length;
}

/// <summary>Memory used by a translation unit.</summary>
public unsafe struct CXTUResourceUsage
{
    public void* data;
    public uint numEntries;
    public CXTUResourceUsageEntry* entries;
}

/// <summary>Memory used for one purpose; <see cref="amount"/> is in bytes.</summary>
public struct CXTUResourceUsageEntry
{
    public CXTUResourceUsageKind kind;
    public nuint amount;
}

/// <summary>A parsed translation unit; only ever seen through a pointer.</summary>
public struct CXTranslationUnitImpl;

/// <summary>The target of a translation unit; only ever seen through a pointer.</summary>
public struct CXTargetInfoImpl;
