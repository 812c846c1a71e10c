using System.Buffers.Binary;

namespace Review.Witness.Interpretation;

/// <summary>
/// The objects that interpreted code can point to. Every object has a stretch of addresses of its own, which is never given to another one:
/// a pointer that outlives its object is found out. All bytes know whether they were ever written.
/// </summary>
internal sealed class Memory
{
    /// <summary>The first object's address; it lies where the kernel's own memory does, so that error pointers are above all objects.</summary>
    private const ulong Bottom = 0xffff_8880_0000_0000;

    /// <summary>Bits of an address that count inside an object.</summary>
    private const int ObjectBits = 20;

    /// <summary>Kernel objects lie apart from the code's own, so that frames come and go as on a stack.</summary>
    private const int FirstForeign = 1 << 20;

    /// <summary>How far above the objects in use an address may lie and still be one that was in use.</summary>
    private const int StaleSlots = 256;

    private const ulong FunctionBottom = 0xffff_ffff_8100_0000;
    private const int FunctionBits = 4;
    private const ulong Null = 4096;

    private readonly Dictionary<int, Block> blocks;
    private readonly Dictionary<ForeignObject, ulong> foreign;
    private int next;

    public Memory()
    {
        blocks = [];
        foreign = [];
    }

    private Memory(Memory other)
    {
        blocks = new Dictionary<int, Block>(other.blocks.Count);
        foreach (var (slot, block) in other.blocks)
        {
            blocks.Add(slot, block.Copy());
        }

        foreign = new Dictionary<ForeignObject, ulong>(other.foreign);
        next = other.next;
    }

    /// <summary>The address of a function.</summary>
    public static ulong AddressOf(CallTarget function) => FunctionBottom + ((ulong)function.Index << FunctionBits);

    /// <summary>The number of the function at an address; negative if none is there.</summary>
    public static int FunctionAt(ulong address) => address >= FunctionBottom && (address & ((1 << FunctionBits) - 1)) == 0 ? (int)((address - FunctionBottom) >> FunctionBits) : -1;

    /// <summary>A memory of its own with the same content.</summary>
    public Memory Copy() => new(this);

    /// <summary>A new object, unset or zero.</summary>
    public ulong Allocate(long size, string name, bool isZero = false)
    {
        if (size is < 0 or > 1 << ObjectBits)
        {
            throw StopException.Needs($"{name}: an object of {size} bytes");
        }

        var block = new Block(name, new byte[2 * size], null);
        if (isZero)
        {
            block.Bytes.AsSpan((int)size).Fill(1);
        }

        blocks.Add(next, block);
        return AddressOf(next++);
    }

    /// <summary>The address of a kernel object; the same one every time.</summary>
    public ulong AddressOf(ForeignObject target)
    {
        if (!foreign.TryGetValue(target, out var address))
        {
            var slot = FirstForeign + foreign.Count;
            blocks.Add(slot, new Block(target.Record, [], target));
            foreign[target] = address = AddressOf(slot);
        }

        return address;
    }

    /// <summary>The kernel object that an address lies in; null for anything else.</summary>
    public ForeignObject? ForeignAt(ulong address) => address >= Bottom && blocks.TryGetValue(SlotOf(address), out var block) ? block.Foreign : null;

    /// <summary>The bytes of a frame's locals, their marks behind them.</summary>
    public byte[] Bytes(ulong address) => blocks[SlotOf(address)].Bytes;

    /// <summary>Ends an object's life. The addresses of the newest one are given away again, so that equal states are equal.</summary>
    public void Free(ulong address)
    {
        _ = blocks.Remove(SlotOf(address));
        if (SlotOf(address) == next - 1)
        {
            next--;
        }
    }

    /// <summary>Reads a number of 1 to 8 bytes, not extended.</summary>
    public Value Load(ulong address, int size)
    {
        var (block, offset) = Find(address, size, "reads");
        return Read(block.Bytes, offset, size);
    }

    /// <summary>Reads a number of 1 to 8 bytes out of a block whose second half marks what is set.</summary>
    public static Value Read(byte[] bytes, int offset, int size)
    {
        var marks = (bytes.Length / 2) + offset;
        if (size == sizeof(long))
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(marks)) == 0x0101_0101_0101_0101
                ? Value.Of(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(offset)))
                : Value.Undefined;
        }

        var bits = 0L;
        for (var i = size - 1; i >= 0; i--)
        {
            if (bytes[marks + i] == 0)
            {
                return Value.Undefined;
            }

            bits = (bits << 8) | bytes[offset + i];
        }

        return Value.Of(bits);
    }

    /// <summary>Writes the low bytes of a number.</summary>
    public void Store(ulong address, int size, Value value)
    {
        var (block, offset) = Find(address, size, "writes");
        Write(block.Bytes, offset, size, value);
    }

    /// <summary>Writes the low bytes of a number into a block whose second half marks what is set.</summary>
    public static void Write(byte[] bytes, int offset, int size, Value value)
    {
        var marks = (bytes.Length / 2) + offset;
        var mark = (byte)(value.IsDefined ? 1 : 0);
        for (var i = 0; i < size; i++)
        {
            bytes[offset + i] = (byte)(value.Bits >> (8 * i));
            bytes[marks + i] = mark;
        }
    }

    /// <summary>Writes a bit field; bits beside it that were never set become zero.</summary>
    public void StoreBits(ulong address, int shift, int width, long bits)
    {
        for (var bit = 0; bit < width; bit++)
        {
            var place = address + (ulong)((shift + bit) / 8);
            var mask = 1 << ((shift + bit) % 8);
            var old = Load(place, 1);
            var set = ((bits >> bit) & 1) != 0 ? old.Bits | (long)mask : old.Bits & ~mask;
            Store(place, 1, Value.Of(set));
        }
    }

    /// <summary>Copies bytes with their marks; the two stretches may overlap.</summary>
    public void Copy(ulong target, ulong source, int size)
    {
        if (size == 0)
        {
            return;
        }

        var (from, fromOffset) = Find(source, size, "reads");
        var (to, toOffset) = Find(target, size, "writes");
        Buffer.BlockCopy(from.Bytes, fromOffset, to.Bytes, toOffset, size);
        Buffer.BlockCopy(from.Bytes, (from.Bytes.Length / 2) + fromOffset, to.Bytes, (to.Bytes.Length / 2) + toOffset, size);
    }

    /// <summary>Sets bytes.</summary>
    public void Fill(ulong address, long size, byte value)
    {
        if (size == 0)
        {
            return;
        }

        var (block, offset) = Find(address, checked((int)size), "writes");
        block.Bytes.AsSpan(offset, (int)size).Fill(value);
        block.Bytes.AsSpan((block.Bytes.Length / 2) + offset, (int)size).Fill(1);
    }

    /// <summary>Writes everything that makes a difference to what comes, for comparing states.</summary>
    public void WriteTo(BinaryWriter writer)
    {
        writer.Write(next);
        foreach (var (slot, block) in blocks.Where(static pair => pair.Value.Foreign is null).OrderBy(static pair => pair.Key))
        {
            writer.Write(slot);
            writer.Write(block.Bytes);
        }
    }

    private static ulong AddressOf(int slot) => Bottom + ((ulong)slot << ObjectBits);

    private static int SlotOf(ulong address) => (int)((address - Bottom) >> ObjectBits);

    private (Block Block, int Offset) Find(ulong address, int size, string verb)
    {
        if (address < Null)
        {
            throw StopException.Violates(ViolationKind.NullPointer, $"{verb} through a null pointer");
        }

        if (address < Bottom || SlotOf(address) < 0 || (SlotOf(address) >= next + StaleSlots && SlotOf(address) < FirstForeign))
        {
            throw StopException.Needs($"memory at 0x{address:x}, which it {verb}");
        }

        if (!blocks.TryGetValue(SlotOf(address), out var block))
        {
            throw StopException.Violates(ViolationKind.Memory, $"{verb} a local variable after its function returned, or memory after it was freed");
        }

        if (block.Foreign is not null)
        {
            throw StopException.Needs($"the whole of a struct {block.Name}, of which it {verb} {size} bytes");
        }

        var offset = (int)(address & ((1 << ObjectBits) - 1));
        return offset + size <= block.Bytes.Length / 2 ? (block, offset) : throw StopException.Violates(ViolationKind.Memory, $"{verb} {offset + size - (block.Bytes.Length / 2)} bytes past the end of {block.Name}");
    }

    private sealed record Block(string Name, byte[] Bytes, ForeignObject? Foreign)
    {
        public Block Copy() => Bytes.Length == 0 ? this : this with { Bytes = (byte[])Bytes.Clone() };
    }
}
