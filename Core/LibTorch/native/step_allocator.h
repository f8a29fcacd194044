// What step_allocator.cpp holds for large CPU tensors.
#pragma once

#include <cstdint>

namespace ot {

// Bytes of those that are alive.
int64_t large_block_bytes();

// Gives the blocks that wait for a tensor back to the system. Returns whether there were any.
bool release_large_blocks();

} // namespace ot
