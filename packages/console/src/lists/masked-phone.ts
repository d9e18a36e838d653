/** A phone number as lists show it until somebody asks for it, and texts in which providers quote one. */
export { maskPhone as maskedPhone, maskPhonesIn } from '@sesame/connector-kit';
