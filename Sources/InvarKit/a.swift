import InvarStore
