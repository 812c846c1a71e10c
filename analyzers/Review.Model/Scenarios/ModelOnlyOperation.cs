using Review.Model.Gup;
using Review.Model.Memory;

namespace Review.Model.Scenarios;

/// <summary>
/// An operation that no system call carries out: something the kernel does by itself or for its own callers, or an extension that was never merged. A scenario with one
/// requires <see cref="Requirement.Model"/>.
/// </summary>
public abstract record ModelOnlyOperation(AddressExpression Address, AddressExpression Length, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary><c>nofault_read</c>: the kernel reads the first byte with page faults disabled (a BPF program, copy_from_user_nofault()). The result is the byte.</summary>
public sealed record NoFaultRead(AddressExpression Address, AddressExpression Length, CallExpectation Expect) : ModelOnlyOperation(Address, Length, Expect);

/// <summary><c>numa_hint</c>: NUMA balancing makes the pages inaccessible, to see who uses them.</summary>
public sealed record NumaHint(AddressExpression Address, AddressExpression Length, CallExpectation Expect) : ModelOnlyOperation(Address, Length, Expect);

/// <summary><c>gup</c>: get_user_pages() or a relative; the result is the number of pages, which are given back at once.</summary>
/// <param name="Address">The first page.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Flags">FOLL_ flags.</param>
/// <param name="IsFast">get_user_pages_fast(), or pin_user_pages_fast().</param>
/// <param name="Expect">The number of pages, or an error.</param>
public sealed record GetUserPages(AddressExpression Address, AddressExpression Length, GupFlags Flags, bool IsFast, CallExpectation Expect) : ModelOnlyOperation(Address, Length, Expect);

/// <summary><c>volatile</c>: declares memory volatile (fvrange(), mvolatile(), vrange()).</summary>
public sealed record DeclareVolatile(AddressExpression Address, AddressExpression Length, VolatilePolicy Policy, CallExpectation Expect) : ModelOnlyOperation(Address, Length, Expect);

/// <summary><c>purge</c>: the kernel, short of memory, takes volatile pages.</summary>
public sealed record Purge(AddressExpression Address, AddressExpression Length, CallExpectation Expect) : ModelOnlyOperation(Address, Length, Expect);
